"""An agreement as people read it: one structure for the page, the PDF and the comparison of two versions."""

from dataclasses import dataclass
from typing import Any

from pairs.domain.agreement_text import answers_in, reaches_coordinator, signing_of, text_of
from pairs.domain.checking import Check, check_signed, in_groups, is_frozen
from pairs.models import Agreement, SigningEvent
from programmes.enums import Side
from templates_app.answers import AnswerContext, ShownAnswer, compare, display
from templates_app.answers.reading import ComparedSection
from templates_app.domain.clauses import ClauseGroup
from templates_app.domain.clauses import in_groups as in_parts
from templates_app.shapes import FieldShape, Signing, Worksheet


@dataclass(frozen=True)
class Party:
    """Somebody the agreement is between, as it names them."""

    side: str
    side_label: str
    name: str
    title: str
    employer: str


@dataclass(frozen=True)
class ReadableAgreement:
    """Everything a reader needs. ``text`` is the whole (frozen) text, ``answers`` what the pair wrote, for display;
    ``check`` what checking it found just now, ``None`` as long as it is being written.
    """

    agreement: Agreement
    text: dict[str, Any]
    parties: list[Party]
    answers: list[ShownAnswer]
    clauses: list[dict[str, Any]]
    scope: list[dict[str, Any]]
    signatures: list[SigningEvent]
    check: Check | None

    @property
    def signed(self) -> list[tuple[SigningEvent, str]]:
        """The signatures, each with what its signer is: their side, or what the handbook calls somebody outside."""
        labels = {party.side: party.side_label for party in self.parties}
        return [(event, labels.get(event.side, event.side)) for event in self.signatures]

    @property
    def groups(self) -> list[ClauseGroup]:
        """The clauses under their headings."""
        titles = (self.text["scope_title"], self.text["clauses_title"])
        return [one for one in in_parts(self.text.get("parts", []), self.scope, self.clauses, titles) if one.clauses]

    @property
    def signing(self) -> Signing:
        """How the text says it is signed."""
        return signing_of(self.text)

    @property
    def reaches_coordinator(self) -> bool:
        """Whether the coordinator may read this version, as it was offered."""
        return reaches_coordinator(self.agreement)

    @property
    def adapted(self) -> bool:
        """Whether the pair changed the sample."""
        return any(clause["change"] for clause in (*self.scope, *self.clauses))

    @property
    def code(self) -> str:
        """A short name people can say, from the fingerprint."""
        return self.agreement.content_sha256[:8].upper()

    @property
    def consent_lines(self) -> list[dict[str, Any]]:
        """What may reach the coordinator, as answered when signing; what always does comes first."""
        answers = {item: given for event in self.signatures for item, given in event.consent.items()}
        return [
            {"label": item["label"], "given": item["always"] or answers.get(item["key"], False)}
            for item in self.text["consent"]
            if item["always"] or item["key"] in answers
        ]

    @property
    def spaced_fingerprint(self) -> str:
        """The fingerprint in groups of four, as one compares it by eye."""
        return in_groups(self.agreement.content_sha256)


def read_agreement(agreement: Agreement, *, zone: str, locale: str) -> ReadableAgreement:
    """The agreement ready to be shown to somebody in that zone and language."""
    text = text_of(agreement)
    sheet = Worksheet.model_validate(text["sheet"])
    answers = answers_in(text)
    shown = display(sheet, answers, AnswerContext(zone=zone, locale=locale), _is_body)
    events = list(agreement.signing_events.order_by("position"))
    return ReadableAgreement(
        agreement=agreement,
        text=text,
        parties=[_party(row, sheet, answers, text["parties"]) for row in text["parties"]],
        answers=[answer for section in shown for answer in section.answers],
        clauses=text["clauses"],
        scope=text["scope"],
        signatures=[event for event in events if event.action == "signed"],
        check=check_signed(agreement, events) if is_frozen(agreement) else None,
    )


def _is_body(shape: FieldShape) -> bool:
    """Fields that name the parties stand in the heading, all others in the body."""
    return not shape.prefill


def _party(row: dict[str, str], sheet: Worksheet, answers: dict[str, Any], parties: list[dict[str, str]]) -> Party:
    """As the pair named them; where there are several on a side, each by their own name."""
    side = row["side"]
    is_only_one = sum(one["side"] == side for one in parties) == 1
    fields = sheet.fields() if is_only_one else []
    said = {shape.prefill: answers.get(shape.key) for shape in fields if shape.prefill}
    return Party(
        side=side,
        side_label=row.get("label") or str(Side(side).label),
        name=said.get(f"{side}.name") or row["name"],
        title=said.get(f"{side}.title") or row["title"],
        employer=row["employer"],
    )


@dataclass(frozen=True)
class ComparedClause:
    """A clause in two versions; empty where a version does not have it or leaves it out."""

    key: str
    before: str
    after: str


@dataclass(frozen=True)
class ComparedAgreements:
    """Two versions beside each other."""

    older: Agreement
    newer: Agreement
    sections: list[ComparedSection]
    clauses: list[ComparedClause]
    code_title: str
    """What the newer one calls its clauses."""


def compare_agreements(older: Agreement, newer: Agreement, *, zone: str, locale: str) -> ComparedAgreements:
    """What differs between two versions: answers side by side, clauses with their changed words marked."""
    context = AnswerContext(zone=zone, locale=locale)
    texts = [text_of(agreement) for agreement in (older, newer)]
    sheets = [display(Worksheet.model_validate(text["sheet"]), answers_in(text), context) for text in texts]
    return ComparedAgreements(older, newer, compare(*sheets), _compared_clauses(*texts), texts[1].get("code_title", ""))


def _compared_clauses(older: dict[str, Any], newer: dict[str, Any]) -> list[ComparedClause]:
    before, after = _wording(older), _wording(newer)
    keys = [*after, *(key for key in before if key not in after)]
    return [ComparedClause(key, before.get(key, ""), after.get(key, "")) for key in keys]


def _wording(text: dict[str, Any]) -> dict[str, str]:
    found = {}
    for clause in (*text["scope"], *text["clauses"]):
        said = (
            "" if clause["change"] == "left-out" else " ".join([clause["text"], *(p["text"] for p in clause["parts"])])
        )
        found[clause["key"]] = said
    return found
