"""The list of confidential records: how many of each kind, by which rule, and what is due. Counts and rules, never a word.

Seen by the organisation's admins, and by the programme's coordinators where the handbook says so (``sssc.must.71``).
"""

import datetime as dt
from dataclasses import dataclass

from mentoring import clock
from mentoring.history.domain import sentence, timeline_of
from mentoring.history.models import Event
from programmes.domain.records.kinds import Kind, Row, all_kinds
from programmes.models import Programme
from templates_app.domain.kits import kit_of
from templates_app.shapes import Records, Retention

DELETED = "records.deleted"
EVENTS_SHOWN = 40


@dataclass(frozen=True)
class Line:
    """One kind of record in a programme."""

    kind: Kind
    rule: Retention
    rows: list[Row]
    due: list[Row]
    next_due: dt.date | None
    """When the next of them falls due; ``None`` where nothing will by itself."""

    @property
    def count(self) -> int:
        """How many are kept."""
        return len(self.rows)


def terms_of(programme: Programme) -> Records:
    """What the handbook says of records."""
    return kit_of(programme.handbook).records


def line_of(programme: Programme, kind: Kind) -> Line:
    """One kind with its rule and what is due today (UTC: a period of months is no matter of hours)."""
    rule, today = terms_of(programme).rule(kind.key), clock.now().date()
    rows = kind.rows(programme)
    days = [(row, falls_due(row, rule)) for row in rows]
    due = [row for row, day in days if day is not None and day <= today]
    ahead = [day for row, day in days if day is not None and day > today]
    return Line(kind, rule, rows, due, min(ahead, default=None))


def lines_of(programme: Programme) -> list[Line]:
    """Every kind. A fixed number of queries for each."""
    return [line_of(programme, kind) for kind in all_kinds()]


def falls_due(row: Row, rule: Retention) -> dt.date | None:
    """The day on which a record's period is over; ``None`` without a period, and for what is still worked with."""
    start = row.ended if rule.since == "ended" else row.cohort_ends
    if rule.months is None or start is None or not row.is_closed:
        return None
    return clock.months_later(start, rule.months) + dt.timedelta(days=1)


def deletions_of(programme: Programme) -> list[tuple[Event, str]]:
    """What was deleted, newest first: when, by whom, of which kind and how many."""
    events = timeline_of(programme).filter(action=DELETED)[:EVENTS_SHOWN]
    return [(event, sentence(event)) for event in events]


@dataclass(frozen=True)
class Gone:
    """Records that were deleted and stand in no figure any more."""

    count: int
    last: dt.datetime


def gone_from(programme: Programme) -> Gone | None:
    """Whether figures of this programme are of fewer records than were written; ``None`` where nothing was deleted.

    One query, none where the handbook has no rule at all.
    """
    if not terms_of(programme).rules:
        return None
    events = list(timeline_of(programme).filter(action=DELETED).values_list("data", "at"))
    if not events:
        return None
    return Gone(sum(int(data.get("count", 0)) for data, _at in events), max(at for _data, at in events))
