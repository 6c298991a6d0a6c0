"""Answers at a point in time, as far as they count now. Pure."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from evaluation.domain.behind import People, are_enough
from evaluation.domain.indicating.found import Whole
from evaluation.domain.steps import STEP, how_many_count
from templates_app.domain.counting import SMALLEST_GROUP, is_reported, may_be_counted
from templates_app.shapes import FieldShape, Fits, Worksheet

Row = dict[str, Any]


@dataclass(frozen=True)
class Given:
    """What one person, or a pair together, answered on the worksheet as it was then."""

    person: tuple[UUID, UUID | None]
    sheet: Worksheet
    answers: dict[str, Any]
    done_at: dt.datetime
    together: People = frozenset()
    """Everybody of the relationship."""

    @property
    def writers(self) -> People:
        """Those who answered: the person, or all of the relationship where it is written together."""
        pairing, who = self.person
        return frozenset({who}) if who is not None else self.together or frozenset({pairing})

    @property
    def pairing(self) -> UUID:
        """The relationship it belongs to."""
        return self.person[0]

    def shape(self, key: str | None) -> FieldShape | None:
        """A question that was asked and whose answer may be counted by what the sheet promised."""
        found = next((shape for shape in self.sheet.fields() if shape.key == key), None)
        return found if found is not None and may_be_counted(self.sheet, found) else None

    def answer(self, key: str) -> Any:
        """That answer; ``None`` where there is none that may be counted."""
        return self.answers.get(key) if self.shape(key) is not None else None

    def rows(self, key: str) -> Iterator[Row]:
        """The rows of a table or group, without examples, each with what may be counted of it."""
        shape = self.shape(key)
        if shape is None:
            return
        known = {part.key for part in (*shape.columns, *shape.fields) if is_reported(part)}
        for row in self.answers.get(key) or ():
            if isinstance(row, dict) and not row.get("_example"):
                yield {name: value for name, value in row.items() if name in known}


@dataclass(frozen=True)
class Point:
    """One time at which people were asked: those whose answers count now, the oldest first."""

    label: str
    given: list[Given] = field(default_factory=list)
    over_at: dt.datetime | None = None
    """When the time to answer is over for everybody, as far as that is known."""


def enough(given: Iterable[Given]) -> bool:
    """Whether enough people answered these for them to be told of."""
    return are_enough(one.writers for one in given)


def in_steps(given: Sequence[Given], over_at: dt.datetime | None, now: dt.datetime) -> list[Given]:
    """Those of these that count, the oldest first: a few at a time, so that two looks do not tell of one person."""
    ordered = sorted(given, key=lambda one: (one.done_at, one.person[0], str(one.person[1])))
    whose = [one.writers for one in ordered]
    return ordered[: how_many_count([one.done_at for one in ordered], over_at=over_at, now=now, writers=whose)]


def part_of(count: int, left_out: int) -> int:
    """How many of ``count`` people may stand in a figure beside another one in which ``left_out`` more stand.

    The difference of the two would tell of those left out: they are none, or at least ``STEP``. 0 where that leaves too few.
    """
    kept = count if left_out == 0 or left_out >= STEP else count - (STEP - left_out)
    return kept if kept >= SMALLEST_GROUP else 0


def number(value: Any) -> float | None:
    """A point of a scale or a number; ``None`` for everything else that may stand there."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def is_filled(value: Any) -> bool:
    """Whether anything stands there."""
    return bool(value.strip()) if isinstance(value, str) else value not in (None, [], {})


def fits(one: Fits, value: Any) -> bool | None:
    """Whether an answer is what it should be; ``None`` where there is no answer to say so."""
    if one.filled:
        return is_filled(value)
    if not is_filled(value):
        return None
    if one.at_least is not None:
        known = number(value)
        return None if known is None else known >= one.at_least
    chosen = value if isinstance(value, list) else [value]
    return any(choice in one.is_in for choice in chosen)


def all_fit(asked: Sequence[Fits], values: Sequence[Any]) -> bool | None:
    """Whether all of these answers are as they should be; ``None`` where any is missing."""
    told = [fits(one, value) for one, value in zip(asked, values, strict=True)]
    return None if None in told else all(told)


def whole_of(given: Sequence[Given]) -> Whole:
    """What is counted: people, or relationships where a sheet is written together."""
    return "relationships" if given and given[0].person[1] is None else "people"
