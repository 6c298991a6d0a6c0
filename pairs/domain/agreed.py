"""What a pair has agreed, found by its meaning and not by any handbook's keys: ground rules, limits, the plan for the end,
how each likes to learn (``shapes.Meaning``).
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from pairs.domain.people import Person
from pairs.domain.reading import Reader
from pairs.enums import Right
from pairs.models import Output
from templates_app.answers import ShownAnswer, display
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import answers_of
from templates_app.shapes import FieldShape, Filler, Meaning, Worksheet


@dataclass(frozen=True)
class AgreedLine:
    """One thing agreed: what it is about, and the words."""

    label: str
    text: str
    meaning: Meaning


def agreed_lines(reader: Reader, outputs: Iterable[Output], meanings: Collection[Meaning]) -> list[AgreedLine]:
    """What the pair wrote together under these meanings, as it stands now. ``outputs`` come with their responses."""
    found: list[AgreedLine] = []
    for output, sheet in _written(outputs):
        if sheet.filled_by is Filler.TOGETHER and reader.right_to(output) >= Right.READ:
            answers = answers_of(output.response)  # type: ignore[arg-type]
            found += [line for field in sheet.fields() for line in _lines(field, answers.get(field.key), meanings)]
    return found


def _written(outputs: Iterable[Output]) -> Iterator[tuple[Output, Worksheet]]:
    for output in outputs:
        if output.response is not None:
            yield output, worksheet_of(output.response.version)


def _lines(field: FieldShape, value: object, meanings: Collection[Meaning]) -> Iterator[AgreedLine]:
    if field.meaning in meanings and isinstance(value, str):
        yield AgreedLine(field.label, value, field.meaning)  # type: ignore[arg-type]
    if not isinstance(value, dict):
        return
    for item in field.items:
        note = (value.get(item.key) or {}).get("note") if isinstance(value.get(item.key), dict) else None
        if item.meaning in meanings and note:
            yield AgreedLine(item.label, note, item.meaning)  # type: ignore[arg-type]


def how_they_learn(reader: Reader, outputs: Iterable[Output], person: Person) -> list[str]:
    """What a person lets their partner know of how they learn: on their place in the cohort, and on a worksheet."""
    said = [person.participant.learning_style] if person.participant.learning_style else []
    return [*said, *(answer.shown.text for answer in learning_style(reader, outputs, person))]


def learning_style(reader: Reader, outputs: Iterable[Output], person: Person) -> list[ShownAnswer]:
    """What a person has said about how they learn, as far as the reader may read it; the newest sheet counts."""
    sheets = [
        (output, sheet)
        for output, sheet in _written(outputs)
        if output.member_id == person.member.pk and any(f.meaning is Meaning.LEARNING_STYLE for f in sheet.fields())
    ]
    readable = [pair for pair in sheets if pair[0].done_at and reader.right_to(pair[0]) >= Right.READ]
    if not readable:
        return []
    output, sheet = max(readable, key=lambda pair: pair[0].done_at or pair[0].created_at)
    keys = {field.key for field in sheet.fields() if field.meaning is Meaning.LEARNING_STYLE}
    sections = display(sheet, answers_of(output.response), reader.context_for(output))  # type: ignore[arg-type]
    return [answer for section in sections for answer in section.answers if answer.key in keys and not answer.blank]
