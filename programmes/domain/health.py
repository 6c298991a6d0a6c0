"""How healthy a programme is by its own checklists: of the points that apply, how many are in place, and which are not.

A point is a line of a checklist marked with ``Meaning.IN_PLACE``, in place when it is ticked, or a line of a table with
fixed lines one of whose choices is so marked: in place with its first option, left aside with one that is marked
``apart``. What stands on the newest sheet counts, sent or not: these sheets are taken up again and again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from programmes.domain.sheets import Shelf
from programmes.models import Sheet
from templates_app.domain.kits import worksheet_of
from templates_app.shapes import FieldShape, Kind, Meaning, Worksheet


@dataclass(frozen=True)
class Point:
    """One point of a checklist. ``in_place`` is ``None`` where nobody has said yet."""

    label: str
    in_place: bool | None


@dataclass(frozen=True)
class Health:
    """One of the programme's checklists on its newest sheet."""

    worksheet: Worksheet
    sheet: Sheet | None
    points: list[Point]

    @property
    def in_place(self) -> int:
        """How many points are in place."""
        return sum(point.in_place is True for point in self.points)

    @property
    def lacking(self) -> list[Point]:
        """The points that are not in place, and those of which nobody has said."""
        return [point for point in self.points if point.in_place is not True]


def health_of(shelves: Iterable[Shelf]) -> list[Health]:
    """The programme's checklists in their order; worksheets that have no such points are left out. No query."""
    found = []
    for shelf in (one for one in shelves if one.worksheet.in_use):
        shape = worksheet_of(shelf.latest.response.version) if shelf.latest else shelf.worksheet
        facts = shelf.latest.response.facts if shelf.latest else {}
        points = [point for field in shape.fields() for point in _points(field, facts.get(field.key))]
        if points:
            found.append(Health(shelf.worksheet, shelf.latest, points))
    return found


def _points(field: FieldShape, value: object) -> Iterator[Point]:
    if field.kind is Kind.CHECKLIST and field.meaning is Meaning.IN_PLACE:
        ticks = value if isinstance(value, dict) else {}
        for item in field.items:
            yield Point(item.label, True if _is_ticked(ticks.get(item.key)) else (False if ticks else None))
    elif field.kind is Kind.TABLE and (column := _column(field)) is not None:
        rows = {row.get("_id"): row for row in value if isinstance(row, dict)} if isinstance(value, list) else {}
        apart = {option.key for option in column.options if option.apart}
        for item in field.items:
            answer = rows.get(item.key, {}).get(column.key)
            if answer not in apart:
                yield Point(item.label, None if answer is None else answer == column.options[0].key)


def _is_ticked(answer: object) -> bool:
    return isinstance(answer, dict) and answer.get("done") is True


def _column(field: FieldShape) -> FieldShape | None:
    return next((one for one in field.columns if one.meaning is Meaning.IN_PLACE and one.options), None)
