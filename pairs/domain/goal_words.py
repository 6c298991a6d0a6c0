"""A goal's words, whatever a handbook's goal worksheet asks: its first written answer is what it is called. Pure."""

from collections.abc import Mapping
from typing import Any

from templates_app.answers.rows import parts_of
from templates_app.shapes import GOAL_SOURCES, FieldShape, Kind, Meaning

WRITTEN = frozenset({Kind.TEXT, Kind.LONGTEXT})
TITLE_LENGTH = 120


def written_parts(field: FieldShape) -> list[FieldShape]:
    """The questions of a row that are answered in words."""
    return [part for part in parts_of(field) if part.kind in WRITTEN]


def first_of(field: FieldShape, kind: Kind) -> FieldShape | None:
    """The first question of a row of that kind."""
    return next((part for part in parts_of(field) if part.kind is kind), None)


def words_of(field: FieldShape, row: Mapping[str, Any]) -> dict[str, str]:
    """What was written in a row, by question, in the worksheet's order; last, who proposed it so, in the option's words."""
    words = {part.key: str(row[part.key]) for part in written_parts(field) if isinstance(row.get(part.key), str)}
    for part in parts_of(field):
        if part.meaning is Meaning.PROPOSED_BY:
            said = next((one.label for one in part.options if one.key == row.get(part.key)), "")
            words |= {part.key: said} if said else {}
    return words


def goal_title(words: Mapping[str, str]) -> str:
    """What a goal is called: its first answer in the worksheet's order, shortened at a word's end."""
    first = next((text for text in words.values() if text), "")
    text = " ".join(first.split())
    if len(text) <= TITLE_LENGTH:
        return text
    return text[:TITLE_LENGTH].rsplit(" ", 1)[0] + " …"


def names_goals(field: FieldShape) -> bool:
    """Whether a question has something of the page of goals chosen."""
    return field.options_from in GOAL_SOURCES and field.kind in {Kind.CHOICE, Kind.CHOICES}
