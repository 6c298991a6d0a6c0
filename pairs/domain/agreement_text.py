"""The whole text of an agreement: who, what they want, how they work, and the code with the pair's own wording.

Frozen when it is offered for signature. What is frozen is complete: it can be read and printed without the handbook,
which may change afterwards.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from pairs.domain.canonical import without_floats
from pairs.domain.people import people_of
from pairs.enums import AgreementState
from pairs.models import Agreement, OutsideSigner, Pairing, PairingMember
from templates_app.answers.rows import parts_of
from templates_app.domain.kits import kit_of, worksheet_of
from templates_app.domain.responses import answers_of
from templates_app.shapes import Agreement as AgreementShape
from templates_app.shapes import AgreementReaders, Clause, FieldShape, Kind, Kit, Meaning, Signing, Worksheet, is_for
from templates_app.shapes import OutsideSigner as Terms

FORMAT = 1
_FIGURES = frozenset({Kind.NUMBER, Kind.DURATION})


def agreement_kit(pairing: Pairing) -> Kit:
    """The kit of the pairing's programme."""
    return kit_of(pairing.cohort.programme.handbook)


def clauses_for(pairing: Pairing, clauses: Sequence[Clause]) -> list[Clause]:
    """Those of the handbook's clauses that are for the pairing's mentoring model."""
    return [clause for clause in clauses if is_for(clause.models, pairing.model)]


def adapted(clauses: list[Clause], wording: dict[str, Any]) -> list[dict[str, Any]]:
    """Clauses with the pair's wording laid over the sample; each tells whether and how it differs.

    ``change`` is ``""``, ``"changed"``, ``"left-out"`` or ``"added"``; ``original`` the sample's text where it differs.
    """
    return [_one(clause, wording.get(clause.key, {})) for clause in clauses]


def _one(clause: Clause, own: dict[str, Any]) -> dict[str, Any]:
    text = own.get("text") or clause.text
    parts = [
        {"key": part.key, "text": own.get("parts", {}).get(part.key) or part.text, "original": part.text}
        for part in clause.parts
    ]
    changed = text != clause.text or any(part["text"] != part["original"] for part in parts)
    change = "left-out" if own.get("left_out") else "changed" if changed else ""
    return {
        "key": clause.key,
        "binds": clause.binds,
        "text": text,
        "original": clause.text,
        "parts": parts,
        "change": change,
        "part": clause.part,
    }


def added(wording: dict[str, Any]) -> list[dict[str, Any]]:
    """Clauses of the pair's own, after the sample's, in the order they were added."""
    own = [(key, value) for key, value in wording.items() if value.get("added") and value.get("text")]
    return [
        {"key": key, "binds": "both", "text": value["text"], "original": "", "parts": [], "change": "added"}
        for key, value in sorted(own)
    ]


def text_of(agreement: Agreement) -> dict[str, Any]:
    """The agreement's whole text as it stands: frozen where it has been offered, else put together now."""
    if agreement.content:
        return agreement.content
    return compose(agreement)


def compose(agreement: Agreement) -> dict[str, Any]:
    """Put the whole text together from the handbook, the pair's answers and its own wording of the clauses.

    It can be fingerprinted: bounds of questions and answers that are decimals stand in it as text (``answers_in``).
    """
    pairing = agreement.pairing
    kit = agreement_kit(pairing)
    sheet = worksheet_of(agreement.response.version)
    return {
        "format": FORMAT,
        "number": agreement.number,
        "organisation": pairing.organisation.name,
        "programme": pairing.cohort.programme.title,
        "cohort": pairing.cohort.title,
        "follows": _follows(agreement),
        "title": kit.agreement.title,
        "intro": kit.agreement.intro,
        "code_title": kit.agreement.code_title,
        "why_code": kit.agreement.why_code,
        "scope_title": kit.agreement.scope_title,
        "clauses_title": kit.agreement.clauses_title,
        "parts": [part.model_dump(include={"key", "title", "text", "marks"}) for part in kit.agreement.parts],
        "rights": kit.agreement.rights,
        "statement": kit.agreement.statement,
        "signing": kit.agreement.signing.model_dump(),
        "readers": kit.agreement.readers.model_dump(),
        "parties": _parties(pairing, kit.agreement),
        "sheet": without_floats(sheet.model_dump(mode="json", exclude_defaults=True)),
        "answers": without_floats(answers_of(agreement.response)),
        "consent_title": kit.agreement.consent.title,
        "question": kit.agreement.consent.question,
        "consent": [
            {"key": item.key, "label": item.label, "always": item.always} for item in kit.agreement.consent.items
        ],
        "scope": adapted(clauses_for(pairing, kit.agreement.scope), agreement.clauses),
        "clauses": [
            *adapted(clauses_for(pairing, kit.agreement.clauses), agreement.clauses),
            *added(agreement.clauses),
        ],
    }


def _follows(agreement: Agreement) -> dict[str, Any]:
    """Which version in force this one goes on from, and the fingerprint of its text (``sssc.must.47``); empty for a first."""
    before = before_it(agreement)
    return {"number": before.number, "content_sha256": before.content_sha256} if before else {}


def before_it(agreement: Agreement) -> Agreement | None:
    """The version in force that this one is to replace."""
    rows = Agreement.objects.filter(pairing=agreement.pairing, state=AgreementState.SIGNED, number__lt=agreement.number)
    return rows.order_by("-number").first()


def moves_end_without_a_word(agreement: Agreement, content: dict[str, Any]) -> FieldShape | None:
    """The question that asks why, where the text moves the agreed end and says nothing about it."""
    shape = agreement_kit(agreement.pairing).agreement
    asked = next((field for field in shape.fields if field.key == shape.moved_end), None)
    before = before_it(agreement) if asked is not None else None
    if asked is None or before is None or content["answers"].get(asked.key):
        return None
    return asked if agreed_end_of(before.content) != agreed_end_of(content) else None


def signing_of(text: dict[str, Any]) -> Signing:
    """How an agreement's text says it is signed; one that does not say is signed by name."""
    return Signing.model_validate(text.get("signing", {}))


def readers_of(agreement: Agreement) -> AgreementReaders:
    """Who reads it besides: as the handbook had it when this version was offered, whatever the handbook says since.

    A draft, and a text that does not say, go by the handbook of today.
    """
    said = agreement.content.get("readers")
    return agreement_kit(agreement.pairing).agreement.readers if said is None else AgreementReaders.model_validate(said)


def reaches_coordinator(agreement: Agreement) -> bool:
    """Whether the coordinator may read this version once all have signed it."""
    return readers_of(agreement).preset == "coordinator"


def signing_sides(pairing: Pairing, agreement: Agreement | None) -> frozenset[str]:
    """The sides of the pair that sign: those whom the frozen text names; for a draft, and where there is none yet, those
    of the handbook.
    """
    parties = agreement.content.get("parties", []) if agreement is not None else []
    named = frozenset(party["side"] for party in parties if party["member"])
    return named or frozenset(agreement_kit(pairing).agreement.signers)


def agreed_end_of(text: dict[str, Any]) -> dt.date | None:
    """Until when the pair goes on, as the agreement's text says; ``None`` where it does not."""
    fields = Worksheet.model_validate(text["sheet"]).fields()
    named = next((shape.key for shape in fields if shape.meaning is Meaning.AGREED_END), "")
    value = text["answers"].get(named)
    return dt.date.fromisoformat(value) if isinstance(value, str) else None


def notice_hours_of(text: dict[str, Any]) -> int | None:
    """How many hours ahead the pair agreed to call a meeting off; ``None`` where the agreement's text does not say."""
    fields = Worksheet.model_validate(text["sheet"]).fields()
    named = next((shape.key for shape in fields if shape.meaning is Meaning.NOTICE), "")
    value = answers_in(text).get(named)
    return round(value) if isinstance(value, int | float) and not isinstance(value, bool) and value > 0 else None


def answers_in(text: dict[str, Any]) -> dict[str, Any]:
    """The pair's answers in an agreement's text, its decimals as numbers again: ready to be shown."""
    return _with_figures(Worksheet.model_validate(text["sheet"]).fields(), text["answers"])


def _with_figures(shapes: Sequence[FieldShape], answers: dict[str, Any]) -> dict[str, Any]:
    found = dict(answers)
    for shape in shapes:
        value = answers.get(shape.key)
        if shape.kind in _FIGURES and isinstance(value, str):
            found[shape.key] = float(value)
        elif isinstance(value, list):
            parts = parts_of(shape)
            found[shape.key] = [_with_figures(parts, row) if isinstance(row, dict) else row for row in value]
    return found


def _parties(pairing: Pairing, kit: AgreementShape) -> list[dict[str, str]]:
    """Who signs, in the handbook's order: the members, and whoever was named from outside."""
    found = [party_of(member) for member in members_in_order(pairing, kit.signers)]
    if kit.outside:
        named = {row.key: row for row in OutsideSigner.objects.filter(pairing=pairing, output=None)}
        found += [party_outside(one, named[one.key]) for one in kit.outside if one.key in named]
        found.sort(key=lambda party: kit.turns.index(party["side"]))
    return found


def party_outside(terms: Terms, signer: OutsideSigner) -> dict[str, str]:
    """Somebody outside as a text names them among those who sign it."""
    party = {"member": "", "outside": str(signer.pk), "side": terms.key, "label": terms.label}
    return party | {"name": signer.name, "title": "", "employer": ""}


def party_of(member: PairingMember) -> dict[str, str]:
    """A member as a text names them among those who sign it."""
    person = member.participant
    return {
        "member": str(member.pk),
        "side": member.side,
        "name": person.name,
        "title": person.title,
        "employer": person.employer,
    }


def members_in_order(pairing: Pairing, signers: Sequence[str]) -> list[PairingMember]:
    """The members who sign, in the kit's order."""
    there = [person.member for person in people_of(pairing).present if person.side in signers]
    return sorted(there, key=lambda row: signers.index(row.side))
