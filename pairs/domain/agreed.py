"""What a pair has agreed, found by its meaning and not by any handbook's keys: ground rules, limits, the plan for the end,
how each likes to learn (``shapes.Meaning``).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pairs.domain.agreement import agreement_in_force
from pairs.domain.agreement_text import answers_in
from pairs.domain.people import Person
from pairs.domain.reading import Reader
from pairs.enums import Right
from pairs.models import Output
from templates_app.answers import AnswerContext, ShownAnswer, display
from templates_app.answers.level import show_level
from templates_app.answers.rows import answered_rows, parts_of
from templates_app.answers.ticked import is_agreed
from templates_app.domain.kits import AGREEMENT_KEY, worksheet_of
from templates_app.domain.responses import answers_of
from templates_app.shapes import FieldShape, Filler, Kind, Meaning, Worksheet

_SAID_IN_WORDS = frozenset({Kind.CHOICE, Kind.NUMBER, Kind.DURATION, Kind.DATE})


@dataclass(frozen=True)
class AgreedLine:
    """One thing agreed: what it is about, and the words. A statement that was ticked, or stands alone, has no more words."""

    label: str
    text: str
    meaning: Meaning

    @property
    def has_words(self) -> bool:
        """Whether there is more to read than what it is about."""
        return bool(self.text)

    @property
    def words(self) -> str:
        """What was agreed, be it written or ticked."""
        return self.text or self.label


def agreed_lines(reader: Reader, outputs: Iterable[Output], meanings: Collection[Meaning]) -> list[AgreedLine]:
    """What the pair wrote together under these meanings, as it stands now: on worksheets, then in the agreement in force.

    ``outputs`` come with their responses. What was taken over from one into the other is told once.
    """
    found: list[AgreedLine] = []
    for output, sheet in _standing(outputs):
        if sheet.filled_by is Filler.TOGETHER and reader.right_to(output) >= Right.READ:
            found += _all_lines(sheet.fields(), answers_of(output.response), meanings)  # type: ignore[arg-type]
    return list(dict.fromkeys([*found, *_signed_lines(reader, meanings)]))


def _signed_lines(reader: Reader, meanings: Collection[Meaning]) -> Iterator[AgreedLine]:
    """Nothing is read where the handbook's agreement gives none of its fields such a meaning."""
    sheet = reader.worksheets.get(AGREEMENT_KEY)
    if reader.person is None or sheet is None or not any(_has_meaning(field, meanings) for field in sheet.fields()):
        return
    agreement = agreement_in_force(reader.pairing)
    if agreement is not None:
        signed = Worksheet.model_validate(agreement.content["sheet"])
        yield from _all_lines(signed.fields(), answers_in(agreement.content), meanings)


def _has_meaning(field: FieldShape, meanings: Collection[Meaning]) -> bool:
    return field.meaning in meanings or any(item.meaning in meanings for item in field.items)


def _written(outputs: Iterable[Output]) -> Iterator[tuple[Output, Worksheet]]:
    for output in outputs:
        if output.response is not None:
            yield output, worksheet_of(output.response.version)


def _standing(outputs: Iterable[Output]) -> list[tuple[Output, Worksheet]]:
    """The sheets that count: of one that repeats and was sent the newest, so that what was agreed anew replaces it."""
    written = list(_written(outputs))
    newest: dict[str, Output] = {}
    for output, sheet in written:
        known = newest.get(output.worksheet)
        if sheet.repeats and output.done_at and (known is None or output.done_at > known.done_at):  # type: ignore[operator]
            newest[output.worksheet] = output
    return [pair for pair in written if newest.get(pair[0].worksheet, pair[0]) is pair[0]]


def _all_lines(
    fields: Iterable[FieldShape], answers: Mapping[str, object], meanings: Collection[Meaning]
) -> Iterator[AgreedLine]:
    for field in fields:
        value = answers.get(field.key)
        if field.meaning in meanings:
            yield from _of_field(field, value, field.meaning)  # type: ignore[arg-type]
        if isinstance(value, dict):
            yield from _of_checklist(field, value, meanings)


def _of_field(field: FieldShape, value: object, meaning: Meaning) -> Iterator[AgreedLine]:
    """What stands under its question, a choice or a number in words; of rows each one, under its first answer."""
    if field.kind in _SAID_IN_WORDS and value not in (None, ""):
        (answer,) = show_level([field], {field.key: value}, AnswerContext())
        yield AgreedLine(field.label, answer.shown.text, meaning)
    elif isinstance(value, str):
        yield AgreedLine(field.label, value, meaning)
    if isinstance(value, list):
        for row in answered_rows(field, value):
            shown = [part for part in show_level(parts_of(field), row, AnswerContext()) if not part.blank]
            words = [part.shown.text for part in shown]
            if len(parts_of(field)) == 1 and parts_of(field)[0].kind is Kind.DATE:  # a day alone says nothing
                words = [shown[0].label, *words]
            yield AgreedLine(words[0], "; ".join(words[1:]), meaning)


def _of_checklist(field: FieldShape, lines: Mapping[str, Any], meanings: Collection[Meaning]) -> Iterator[AgreedLine]:
    for item in field.items:
        if item.meaning in meanings and is_agreed(item, lines.get(item.key)):
            yield AgreedLine(item.label, lines[item.key].get("note", ""), item.meaning)  # type: ignore[arg-type]


def how_others_learn(reader: Reader, outputs: Iterable[Output], person: Person) -> list[tuple[str, list[str]]]:
    """What everybody else lets this person know of how they learn: name → lines, for those who said anything."""
    rows = list(outputs)
    found = [(other.short_name, how_they_learn(reader, rows, other)) for other in reader.people.partners_of(person)]
    return [(name, lines) for name, lines in found if lines]


def how_they_learn(reader: Reader, outputs: Iterable[Output], person: Person) -> list[str]:
    """What a person lets their partners know of how they learn: on their place in the cohort, and on a worksheet."""
    said = [person.participant.learning_style] if person.participant.learning_style else []
    return [*said, *(answer.shown.text for answer in learning_style(reader, outputs, person))]


def learning_style(reader: Reader, outputs: Iterable[Output], person: Person) -> list[ShownAnswer]:
    """What a person has said about how they learn, as far as the reader may read it; the newest sheet counts."""
    sheets = [
        (output, sheet)
        for output, sheet in _written(outputs)
        if output.member_id in person.ids and any(f.meaning is Meaning.LEARNING_STYLE for f in sheet.fields())
    ]
    readable = [pair for pair in sheets if pair[0].done_at and reader.right_to(pair[0]) >= Right.READ]
    if not readable:
        return []
    output, sheet = max(readable, key=lambda pair: pair[0].done_at or pair[0].created_at)
    keys = {field.key for field in sheet.fields() if field.meaning is Meaning.LEARNING_STYLE}
    assert output.response is not None
    sections = display(sheet, answers_of(output.response), reader.context_for(output), reader.field_filter(output))
    return [answer for section in sections for answer in section.answers if answer.key in keys and not answer.blank]
