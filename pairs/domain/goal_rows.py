"""What the rows of a list of goals say: levels, what hangs on what, dates and states. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pairs.domain.goal_words import words_of
from pairs.enums import GoalState
from templates_app.answers.rows import ID, answered_rows, parts_of
from templates_app.shapes import GOAL_SOURCES, FieldShape, Kind, Level, Meaning


@dataclass(frozen=True)
class RowSaid:
    """One row: what it becomes, what was written in it, and what it hangs on."""

    row: str
    level: Level
    words: dict[str, str]
    due_on: str | None
    said: str
    """How it stands by the sheet (a ``GoalState``); empty where the sheet does not say."""
    reached_on: str | None
    within: str
    """The row it stands inside; empty on the sheet itself."""
    serves: str
    """The row of another list that it names; empty where it names none."""


def level_of(field: FieldShape) -> Level | None:
    """What the rows of a field become; ``None`` where they become nothing on the page of goals."""
    return field.level or (Level.GOAL if field.kind is Kind.GOAL else None)


def lists_in(field: FieldShape) -> Iterator[FieldShape]:
    """A list of goals and those inside its rows."""
    if level_of(field) is not None:
        yield field
        for part in parts_of(field):
            yield from lists_in(part)


def rows_said(field: FieldShape, rows: Sequence[Mapping[str, Any]], within: str = "") -> Iterator[RowSaid]:
    """Every row with those inside it, what it hangs on first."""
    level = level_of(field)
    if level is None:
        return
    for row in rows:
        reached_on = _day(_meant(field, Meaning.REACHED_ON), row)
        yield RowSaid(
            row=row[ID],
            level=level,
            words=_words(field, row),
            due_on=_day(_due(field), row),
            said=_state(field, row) or (GoalState.REACHED if reached_on else ""),
            reached_on=reached_on,
            within=within,
            serves=_served(field, row),
        )
        for part in parts_of(field):
            if part.level is not None:
                yield from rows_said(part, list(answered_rows(part, row.get(part.key))), row[ID])


def _words(field: FieldShape, row: Mapping[str, Any]) -> dict[str, str]:
    """What was written; where nothing was, the first option that was chosen."""
    words = words_of(field, row)
    if any(words.values()):
        return words
    for part in parts_of(field):
        label = next((one.label for one in part.options if one.key == row.get(part.key)), "")
        if part.kind is Kind.CHOICE and label:
            return {part.key: label}
    return words


def _meant(field: FieldShape, meaning: Meaning) -> FieldShape | None:
    return next((part for part in parts_of(field) if part.meaning is meaning), None)


def _due(field: FieldShape) -> FieldShape | None:
    """The first date of a row that does not say when it was reached."""
    dates = (part for part in parts_of(field) if part.kind is Kind.DATE and part.meaning is not Meaning.REACHED_ON)
    return next(dates, None)


def _day(part: FieldShape | None, row: Mapping[str, Any]) -> str | None:
    return row.get(part.key) or None if part is not None else None


def _state(field: FieldShape, row: Mapping[str, Any]) -> str:
    for part in parts_of(field):
        if part.kind is Kind.CHOICE:
            said = next((one.state for one in part.options if one.key == row.get(part.key)), "")
            if said:
                return said
    return ""


def _served(field: FieldShape, row: Mapping[str, Any]) -> str:
    """What the row names; of several the nearest: a goal rather than the aspiration above it."""
    named = [
        (list(GOAL_SOURCES).index(part.options_from), str(row[part.key]))
        for part in parts_of(field)
        if part.kind is Kind.CHOICE and part.options_from in GOAL_SOURCES and isinstance(row.get(part.key), str)
    ]
    return max(named, default=(0, ""), key=lambda one: one[0])[1]
