"""When a cohort's weekly report is due: Monday morning on the cohort's own clock. Pure; no database."""

import datetime as dt

from pairs.domain.instants import clock_strikes, local_day
from programmes.models import Cohort

HOUR = 8
WEEK = dt.timedelta(days=7)


def monday_of(day: dt.date) -> dt.date:
    """The Monday of a day's week."""
    return day - dt.timedelta(days=day.weekday())


def period_of(day: dt.date) -> str:
    """The ISO week of a day, as ``2026-W48`` (ISO 8601)."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02d}"


def report_instant(cohort: Cohort, monday: dt.date) -> dt.datetime:
    """Eight o'clock on a Monday by the cohort's clock, in UTC, whichever side of a change of clocks it lies on."""
    return clock_strikes(monday, HOUR, cohort.zone)


def first_monday(cohort: Cohort) -> dt.date:
    """The first Monday on which there is something to report: the one after the cohort's first day."""
    return monday_of(cohort.starts_on) + WEEK


def last_monday(cohort: Cohort) -> dt.date:
    """The Monday after the cohort's last day: its report tells how it ended."""
    return monday_of(cohort.ends_on) + WEEK


def due_monday(cohort: Cohort, now: dt.datetime) -> dt.date | None:
    """The Monday whose report is due by now; ``None`` before the cohort's first report and after its last.

    A missed Monday is made up for once, with the figures of the day it is made; older weeks, and weeks before the cohort
    was opened here, are not invented afterwards.
    """
    monday = monday_of(local_day(now, cohort.zone))
    if now < report_instant(cohort, monday):
        monday -= WEEK
    if not first_monday(cohort) <= monday <= last_monday(cohort):
        return None
    return monday if report_instant(cohort, monday) >= cohort.created_at else None


def next_instant(cohort: Cohort, now: dt.datetime) -> dt.datetime | None:
    """The cohort's next Monday morning after ``now``; ``None`` when its last report has been due."""
    monday = max(monday_of(local_day(now, cohort.zone)), first_monday(cohort))
    if report_instant(cohort, monday) <= now:
        monday += WEEK
    return report_instant(cohort, monday) if monday <= last_monday(cohort) else None


def week_of(cohort: Cohort, now: dt.datetime) -> tuple[int, int]:
    """Which week of how many the cohort is in; the first before it begins, the last after it has ended."""
    weeks = -(-((cohort.ends_on - cohort.starts_on).days + 1) // 7)
    gone = (local_day(now, cohort.zone) - cohort.starts_on).days // 7 + 1
    return min(max(gone, 1), weeks), weeks
