"""What a sheet that is sent to be signed says: its questions and answers for all who sign, and who they are.

What is frozen is complete: it can be read without the handbook, the goals it names or the people's profiles, all of which may
change afterwards. A question that somebody who signs may not read is no part of it, so that everybody signs the same words
and one fingerprint covers all of them.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from mentoring.accounts.models import User
from pairs.domain.agreement_text import answers_in, party_of, party_outside
from pairs.domain.answering import answer_context
from pairs.domain.canonical import without_floats
from pairs.domain.people import people_of
from pairs.domain.readers_words import readers_for_outside
from pairs.domain.turns import outside_signers
from pairs.domain.wanted import title_words
from pairs.models import Output, PairingMember, SignedSheet
from templates_app.answers import AnswerContext, display
from templates_app.answers.context import Choice
from templates_app.answers.shown import ShownAnswer, ShownSection
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import answers_of
from templates_app.shapes import COORDINATOR, FieldShape, Kind, Preset, Readers, SheetSigning, Worksheet, is_signed

FORMAT = 1
_LIVING: dict[str, Any] = {
    "show_if": None, "prefill": "", "takes": [], "gathers": [], "beside": "", "beside_sheet": None, "calls_for": "",
    "meaning": None, "compute": "", "layers": [], "actions_column": "", "actions_when": "", "reached_opens": "",
}  # fmt: skip
"""What a question does while it is answered: a frozen one does nothing any more."""


def compose(output: Output, *, number: int, actor: User) -> dict[str, Any]:
    """The whole text as it is signed. It can be fingerprinted; ``sections_of`` shows it."""
    assert output.response is not None
    pairing = output.pairing
    sheet = worksheet_of(output.response.version)
    assert sheet.signing is not None
    answers = answers_of(output.response)
    context = answer_context(output, people_of(pairing), actor)
    all_shown = _answers(display(sheet, answers, context))
    shown = _answers(display(sheet, answers, context, partial(is_signed, sheet)))
    frozen = _frozen(sheet, shown)
    kept = _kept(frozen, answers, shown)
    return {
        "format": FORMAT,
        "number": number,
        "organisation": pairing.organisation.name,
        "programme": pairing.cohort.programme.title,
        "cohort": pairing.cohort.title,
        "names": people_of(pairing).label,
        "written_by": [member.participant.name for member in _writing(output)],
        "title": title_words(output.kind, output.title),
        "purpose": sheet.purpose,
        "readers": readers_for_outside(output, sheet),
        "statement": sheet.signing.statement,
        "signing": sheet.signing.model_dump(include={"act", "by", "acknowledge", "in_turn"}),
        "parties": _parties(output, sheet.signing),
        "sheet": without_floats(frozen.model_dump(mode="json", exclude_defaults=True)),
        "answers": without_floats(kept),
        "side": context.side,
        "choices": _choices(frozen, kept, context),
        "left_out": sum(key not in shown for key in all_shown),
    }


def _answers(sections: Iterable[ShownSection]) -> dict[str, ShownAnswer]:
    return {answer.key: answer for section in sections for answer in section.answers}


def _frozen(sheet: Worksheet, shown: Mapping[str, ShownAnswer]) -> Worksheet:
    """The worksheet with the questions that are signed, and nothing that would still be worked out or looked up."""
    sections = []
    for section in sheet.sections:
        fields = [field.model_copy(update=_plain(field)) for field in section.fields if field.key in shown]
        if fields:
            sections.append(section.model_copy(update={"fields": fields}))
    return Worksheet(
        key=sheet.key,
        title=sheet.title,
        filled_by=sheet.filled_by,
        readers=Readers(preset=Preset.PAIR),
        sections=sections,
        source=sheet.source,
        ours=sheet.ours,
    )


def _plain(field: FieldShape) -> dict[str, Any]:
    return _LIVING | ({"kind": Kind.LONGTEXT} if field.kind is Kind.COMPUTED else {})


def _kept(frozen: Worksheet, answers: Mapping[str, Any], shown: Mapping[str, ShownAnswer]) -> dict[str, Any]:
    """The answers to what is signed; what was worked out stands in words."""
    found = {}
    for field in frozen.fields():
        for key in (field.key, f"{field.key}__other"):
            if key in answers:
                found[key] = answers[key]
        if field.kind is Kind.LONGTEXT and field.key not in answers and shown[field.key].shown.text:
            found[field.key] = shown[field.key].shown.text
    return found


def _choices(frozen: Worksheet, kept: Mapping[str, Any], context: AnswerContext) -> dict[str, list[list[str]]]:
    """The words of what was chosen from lists that the application knows."""
    said = set(_words(kept))
    sources = sorted({name for field in _deep(frozen.fields()) for name in _sources(field)})
    return {name: [[one.key, str(one.label)] for one in context.offered(name) if one.key in said] for name in sources}


def _sources(field: FieldShape) -> list[str]:
    if field.kind is Kind.PERSON:
        return ["people"]
    return [field.options_from] if field.options_from else []


def _deep(fields: Iterable[FieldShape]) -> Iterator[FieldShape]:
    for field in fields:
        yield field
        yield from _deep((*field.columns, *field.fields))


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield str(key)
            yield from _words(part)
    elif isinstance(value, list):
        for part in value:
            yield from _words(part)


# --- Who signs --------------------------------------------------------------------------------------------------------


def signing_members(output: Output, signing: SheetSigning) -> list[PairingMember]:
    """Those of the pairing who sign a sheet: of the side that wrote it only its writer, in the order of the signers."""
    people = people_of(output.pairing)
    writer, order = people.member(output.member_id), [str(side) for side in signing.signers]
    there = [
        person
        for person in people.present
        if person.side in order and (writer is None or person is writer or person.side != writer.side)
    ]
    return [person.member for person in sorted(there, key=lambda one: order.index(one.side.value))]


def _writing(output: Output) -> list[PairingMember]:
    people = people_of(output.pairing)
    writer = people.member(output.member_id)
    return [writer.member] if writer else [person.member for person in people.present]


def writers_of(text: SignedSheet) -> list[PairingMember]:
    """Those present who wrote the sheet, alone or together."""
    text.output.pairing = text.pairing
    return [member for member in _writing(text.output) if member.left_at is None]


def _parties(output: Output, signing: SheetSigning) -> list[dict[str, str]]:
    found = [party_of(member) for member in signing_members(output, signing)]
    if COORDINATOR in signing.signers:
        found.append({"member": "", "outside": "", "side": COORDINATOR, "name": "", "title": "", "employer": ""})
    terms = {one.key: one for one in signing.outside}
    found += [party_outside(terms[row.key], row) for row in outside_signers(output.pairing, output)]
    return sorted(found, key=lambda party: signing.turns.index(party["side"]))


# --- Read again -------------------------------------------------------------------------------------------------------


def sections_of(content: dict[str, Any], *, zone: str, locale: str) -> list[ShownSection]:
    """A frozen text's questions and answers, for a reader's clock and language."""
    options = {name: [Choice(*one) for one in listed] for name, listed in content["choices"].items()}
    people = dict(content["choices"].get("people", []))
    context = AnswerContext(zone=zone, locale=locale, side=content["side"], options=options, people=people)
    return display(Worksheet.model_validate(content["sheet"]), answers_in(content), context)
