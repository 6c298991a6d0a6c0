"""How answers on scales have moved from sheet to sheet, both people's beside each other, and what is worth talking about.

For the pair alone: a page of their own, from the sheets that each of them may read (``cal.sys.74``, ``cal.sys.76``).
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from mentoring.ui import dates
from mentoring.ui.charts import MOST_CATEGORIES, MOST_SERIES, Chart, Series
from pairs.domain.instants import local_day
from pairs.domain.people import Person
from pairs.domain.reading import Reader, is_sent
from pairs.domain.sheets import sheets_of
from pairs.enums import Right
from pairs.models import Output
from templates_app.answers.figures import in_unit
from templates_app.answers.rows import ID, rows_in
from templates_app.domain.kits import worksheet_of
from templates_app.domain.owners import MayRead
from templates_app.domain.responses import answers_of
from templates_app.shapes import FieldShape, Kind, Point, Talk, Worksheet

Answers = Mapping[str, Any]
_MEASURED = frozenset({Kind.SCALE, Kind.NUMBER, Kind.DURATION, Kind.MATRIX})


@dataclass(frozen=True)
class Round:
    """The sheets of one occasion: one for each who filled it in."""

    label: str
    sheets: dict[UUID | None, Answers]
    """What the reader may read of them, by the writer's membership; what all wrote together under none."""
    names: dict[UUID | None, str]
    """Whose they are, in the order in which they are told; empty for what all wrote together."""


@dataclass(frozen=True)
class Cell:
    """The answers to one question in one round. ``talk``: one of them, or how far they are apart, is worth a talk."""

    when: str
    answers: list[tuple[str, str]]
    """Whose, and the answer in words."""
    talk: bool


@dataclass(frozen=True)
class Moved:
    """One question over all rounds."""

    label: str
    hint: str
    cells: list[Cell]
    chart: Chart | None


@dataclass(frozen=True)
class Trend:
    """A worksheet over time."""

    worksheet: Worksheet
    rounds: list[Round]
    questions: list[Moved]

    @property
    def to_talk_about(self) -> list[str]:
        """The questions marked for talk in the newest round."""
        return [one.label for one in self.questions if one.cells and one.cells[-1].talk]


@dataclass(frozen=True)
class _Line:
    """What is measured: a question, one row of a grid, or one cell of a table (``table``), whose rows are fixed or, with
    ``named_by``, the same wherever people call them the same.
    """

    field: FieldShape
    row: str
    label: str
    table: str = ""
    named_by: str = ""

    def value(self, answers: Answers) -> float | None:
        """The number on a sheet; ``None`` where there is none ("does not apply" too)."""
        found = answers.get(self.table or self.field.key)
        if self.named_by:
            rows = (row for row in rows_in(found) if _name(row, self.named_by) == self.row)
            found = next(rows, {}).get(self.field.key)
        elif self.table:
            rows = (row for row in rows_in(found) if row.get(ID) == self.row)
            found = next(rows, {}).get(self.field.key)
        elif self.row:
            found = found.get(self.row) if isinstance(found, dict) else None
        return float(found) if isinstance(found, int | float) and not isinstance(found, bool) else None


def trend_of(reader: Reader, worksheet: str) -> Trend | None:
    """A worksheet over time as this person may read it; ``None`` where nothing on it is measured or nothing is sent yet."""
    sheet = reader.worksheets.get(worksheet)
    if sheet is None:
        return None
    rounds = _rounds(reader, sheets_of(reader, worksheet))
    lines = [*_lines(sheet), *_named_lines(sheet, rounds)]
    if not lines or not rounds:
        return None
    questions = [_moved(line, rounds) for line in lines]
    return Trend(sheet, rounds, [one for one in questions if any(cell.answers for cell in one.cells)])


def as_rows(trend: Trend) -> list[list[str]]:
    """The same as a table to take away: question, day, whose, answer; its headings first."""
    rows = [[_("Question"), _("Day"), _("Whose"), _("Answer")]]
    for one in trend.questions:
        rows += [[one.label, cell.when, name, answer] for cell in one.cells for name, answer in cell.answers]
    return rows


def has_trend(sheet: Worksheet) -> bool:
    """Whether anything on a worksheet is measured."""
    return any(True for _line in _lines(sheet)) or any(True for _table in _named_tables(sheet))


def _lines(sheet: Worksheet) -> Iterator[_Line]:
    for field in sheet.fields():
        if field.kind is Kind.MATRIX:
            yield from (_Line(field, item.key, f"{field.label}: {item.label}") for item in field.items)
        elif field.kind is Kind.TABLE:
            yield from _in_table(field)
        elif field.kind in _MEASURED:
            yield _Line(field, "", field.label)


def _in_table(table: FieldShape) -> Iterator[_Line]:
    """The scales in the columns of a table whose rows are the same on every sheet."""
    scales = [column for column in table.columns if column.kind is Kind.SCALE]
    for item in table.items:
        for column in scales:
            label = item.label if len(scales) == 1 else f"{item.label} {column.label}"
            yield _Line(column, item.key, label, table.key)


def _named_tables(sheet: Worksheet) -> Iterator[tuple[FieldShape, FieldShape]]:
    """Tables whose rows people name themselves, each with the column of the names, where something in them is rated."""
    for table in sheet.fields():
        name = next((column for column in table.columns if column.kind is Kind.TEXT), None)
        rated = any(column.kind is Kind.SCALE for column in table.columns)
        if table.kind is Kind.TABLE and not table.items and name is not None and rated:
            yield table, name


def _named_lines(sheet: Worksheet, rounds: Iterable[Round]) -> Iterator[_Line]:
    """A line for each name that stands on any of the sheets, as it was last written (``phase1.must.32``)."""
    told = [answers for one in rounds for answers in one.sheets.values()]
    for table, named in _named_tables(sheet):
        said = {_name(row, named.key): str(row[named.key]) for one in told for row in _named_rows(one, table, named)}
        for column in (column for column in table.columns if column.kind is Kind.SCALE):
            for name, words in said.items():
                yield _Line(column, name, f"{words}: {column.label}", table.key, named.key)


def _named_rows(answers: Answers, table: FieldShape, named: FieldShape) -> list[dict[str, Any]]:
    return [row for row in rows_in(answers.get(table.key)) if _name(row, named.key)]


def _name(row: Mapping[str, Any], named_by: str) -> str:
    """A row's name without what differs by typing alone."""
    return " ".join(str(row.get(named_by) or "").casefold().split())


def _rounds(reader: Reader, outputs: Iterable[Output]) -> list[Round]:
    """Occasions in the order in which they were completed. Sheets of one moment belong together."""
    found: dict[str, list[Output]] = {}
    for row in outputs:
        if is_sent(row) and row.done_at is not None and reader.right_to(row) >= Right.READ:
            found.setdefault(row.moment, []).append(row)
    ordered = sorted(found.values(), key=lambda rows: max(_done(row) for row in rows))
    zone = reader.person.zone if reader.person else "UTC"
    return [
        Round(
            dates.short_day(local_day(max(_done(row) for row in rows), zone)),
            {_writer(reader, row)[0]: _told(reader, row) for row in rows},
            dict(sorted((_writer(reader, row) for row in rows), key=_by_name)),
        )
        for rows in ordered[-MOST_CATEGORIES:]
    ]


def _told(reader: Reader, row: Output) -> Answers:
    """What a sheet tells this person: without the questions, and the columns of tables, that are kept from them. What the
    version says counts on which it was written.
    """
    assert row.response is not None
    given, may_read = answers_of(row.response), reader.field_filter(row)
    fields = [field for field in worksheet_of(row.response.version).fields() if may_read(field)]
    return {field.key: _open_parts(field, given[field.key], may_read) for field in fields if field.key in given}


def _open_parts(field: FieldShape, value: Any, may_read: MayRead) -> Any:
    kept = {part.key for part in field.columns if not may_read(part)}
    if not kept:
        return value
    return [{key: cell for key, cell in line.items() if key not in kept} for line in rows_in(value)]


def _done(row: Output) -> dt.datetime:
    assert row.done_at is not None
    return row.done_at


def _writer(reader: Reader, row: Output) -> tuple[UUID | None, str]:
    """By what the writer is known, whenever they were in the pairing, and what they are called."""
    person: Person | None = reader.people.member(row.member_id)
    return (person.member.pk, person.short_name) if person else (None, "")


def _by_name(writer: tuple[UUID | None, str]) -> tuple[str, str]:
    return writer[1], str(writer[0])


def _moved(line: _Line, rounds: list[Round]) -> Moved:
    cells = [_cell(line, one) for one in rounds]
    return Moved(line.label, _hint(line.field), cells, _chart(line, rounds))


def _cell(line: _Line, one: Round) -> Cell:
    values = {key: line.value(one.sheets[key]) for key in one.names}
    known = {key: value for key, value in values.items() if value is not None}
    return Cell(
        when=one.label,
        answers=[(one.names[key], _words(line.field, value)) for key, value in known.items()],
        talk=is_for_talk(line.field.talk, list(known.values())),
    )


def is_for_talk(talk: Talk | None, values: list[float]) -> bool:
    """Whether answers of one round are worth a talk by what the handbook says: one of these values, or so far apart."""
    if talk is None or not values:
        return False
    if any(value in talk.values for value in values):
        return True
    return talk.apart is not None and max(values) - min(values) >= talk.apart


def _words(field: FieldShape, value: float) -> str:
    point: Point | None = next((point for point in field.points if point.value == value), None)
    number = f"{value:g}"
    if point is not None and point.label and point.label != number:
        return f"{number} · {point.label}"
    return in_unit(field, value, number)


def _hint(field: FieldShape) -> str:
    """What the ends of the scale mean, with their numbers."""
    if not field.points:
        return field.unit
    low, high = field.points[0], field.points[-1]
    ends = ((low, field.low_label or low.label), (high, field.high_label or high.label))
    return " … ".join(f"{end.value} {words}" for end, words in ends if words)


def _chart(line: _Line, rounds: list[Round]) -> Chart | None:
    """A drawing where there is a line to draw: two rounds at least, and no number below nought."""
    writers = sorted({writer for one in rounds for writer in one.names.items()}, key=_by_name)[:MOST_SERIES]
    series = [
        Series(name or _("together"), [line.value(one.sheets[key]) if key in one.sheets else None for one in rounds])
        for key, name in writers
    ]
    numbers = [value for row in series for value in row.values if value is not None]
    if len(rounds) < 2 or len(numbers) < 2 or min(numbers) < 0:
        return None
    top = max((float(point.value) for point in line.field.points), default=None)
    return Chart(
        title=line.label,
        description=_("How the answers have moved from sheet to sheet."),
        categories=[one.label for one in rounds],
        series=series,
        unit=line.field.unit,
        most=top if top and top > 0 else None,
    )
