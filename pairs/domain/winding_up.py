"""Ahead of the agreed end: what a pair does to wind up, and what comes next, where its handbook says so (``sssc.must.48``)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from mentoring import clock
from pairs.domain.instants import local_day
from pairs.domain.outputs import standing
from pairs.domain.people import Person
from pairs.domain.reading import Reader
from pairs.enums import Standing
from pairs.models import Output
from templates_app.shapes import Anchor


@dataclass(frozen=True)
class WindingUp:
    """What stands before a pair whose time ends soon."""

    until: dt.date
    words: str
    sheets: list[Output]
    """The worksheets that the handbook has for the end and that are open now."""


def winding_up(reader: Reader, person: Person, mine: Iterable[Output]) -> WindingUp | None:
    """What this person sees ahead of the end; ``None`` before that, and where the handbook says nothing ahead. No query."""
    closing, pairing = reader.kit.plan.closing, reader.pairing
    if pairing.is_alongside:
        return None
    until = pairing.agreed_until or pairing.cohort.ends_on
    now = clock.now()
    if closing.ahead_days is None or local_day(now, person.zone) < until - dt.timedelta(days=closing.ahead_days):
        return None
    sheets = [
        row for row in mine if standing(row, now) in {Standing.DUE, Standing.LATE} and _is_for_the_end(reader, row)
    ]
    return WindingUp(until, closing.note, sheets)


def _is_for_the_end(reader: Reader, output: Output) -> bool:
    sheet = reader.worksheets.get(output.worksheet)
    moments = sheet.moments if sheet is not None else []
    return any(
        moment.key == output.moment and moment.opens is not None and moment.opens.anchor is Anchor.AGREED_END
        for moment in moments
    )
