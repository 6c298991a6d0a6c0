"""Over which days a scheduled report tells, and when it is due: a cohort's weeks, months and quarters. Pure; no database."""

import datetime as dt
from dataclasses import dataclass

from evaluation.domain.weeks import HOUR, WEEK, monday_of, period_of
from mentoring import clock
from pairs.domain.instants import clock_strikes, local_day
from programmes.models import Cohort

_MONTHS = {"monthly": 1, "quarterly": 3}
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """A week, month or quarter of the calendar, from its first day to its last."""

    first: dt.date
    last: dt.date
    name: str
    """``2026-W48``, ``2026-11`` or ``2026-Q4``."""

    def due_at(self, cohort: Cohort) -> dt.datetime:
        """Eight o'clock on the day after it, by the cohort's clock."""
        return clock_strikes(self.last + DAY, HOUR, cohort.zone)


def span_of(rhythm: str, day: dt.date) -> Span:
    """The week, month or quarter in which a day lies. ``rhythm``: weekly, monthly or quarterly."""
    if rhythm == "weekly":
        monday = monday_of(day)
        return Span(monday, monday + WEEK - DAY, period_of(monday))
    months = _MONTHS[rhythm]
    first = day.replace(day=1, month=(day.month - 1) // months * months + 1)
    name = f"{first:%Y-%m}" if months == 1 else f"{first.year}-Q{(first.month + 2) // 3}"
    return Span(first, clock.months_later(first, months) - DAY, name)


def due_span(cohort: Cohort, rhythm: str, now: dt.datetime) -> Span | None:
    """The newest span whose report is due by now; ``None`` while the cohort's first is not over, and after its last.

    One that was missed is made up for once; what was due before the cohort was opened here is not invented afterwards.
    """
    today = local_day(now, cohort.zone)
    span = span_of(rhythm, span_of(rhythm, today).first - DAY)
    if now < span.due_at(cohort):
        span = span_of(rhythm, span.first - DAY)
    if not span_of(rhythm, cohort.starts_on).first <= span.first <= cohort.ends_on:
        return None
    return span if span.due_at(cohort) >= cohort.created_at else None


def next_due(cohort: Cohort, rhythm: str, now: dt.datetime) -> dt.datetime | None:
    """When the next report of that rhythm is due after ``now``; ``None`` when the last one has been."""
    today = max(local_day(now, cohort.zone), cohort.starts_on)
    span = span_of(rhythm, span_of(rhythm, today).first - DAY)
    if span.due_at(cohort) <= now or span.last < cohort.starts_on:
        span = span_of(rhythm, today)
    return span.due_at(cohort) if span.first <= cohort.ends_on else None
