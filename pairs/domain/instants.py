"""When something opens and is due: a kit's instants ("session 3, two days after its end") told in UTC.

Pure: no database, no clock. Days are counted on the calendar of the person who owes, so that "the same day" ends at
their own midnight whichever side of the date line they live on.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from mentoring.clock import months_later
from templates_app.shapes import Anchor, Instant


@dataclass(frozen=True)
class Meeting:
    """A numbered session from its first start to its last end (session 1 may have several parts)."""

    starts: dt.datetime
    ends: dt.datetime


@dataclass(frozen=True)
class Anchors:
    """The instants (UTC) of one pairing that moments hang on; absent or ``None`` while unknown."""

    paired: dt.datetime
    cohort_start: dt.datetime
    cohort_end: dt.datetime
    sessions: Mapping[int, Meeting] = field(default_factory=dict)
    agreement: dt.datetime | None = None
    evaluation_sent: dt.datetime | None = None
    ended_early: dt.datetime | None = None
    ended: dt.datetime | None = None
    agreed_end: dt.datetime | None = None
    numbers: frozenset[int] = frozenset()
    """The numbers of the sessions that the pair has, with a date or without."""

    @property
    def end(self) -> dt.datetime:
        """Until when the pair goes on, as far as is known."""
        return self.ended or self.agreed_end or self.cohort_end

    def at(self, instant: Instant) -> dt.datetime | None:
        """The anchor itself, without the days; ``None`` while it is not known."""
        meeting = self.sessions.get(instant.session or 0)
        return {
            Anchor.PAIRING: self.paired,
            Anchor.SESSION_START: meeting.starts if meeting else None,
            Anchor.SESSION_END: meeting.ends if meeting else None,
            Anchor.AGREEMENT: self.agreement,
            Anchor.COHORT_START: self.cohort_start,
            Anchor.COHORT_END: self.cohort_end,
            Anchor.EVALUATION_SENT: self.evaluation_sent,
            Anchor.ENDED_EARLY: self.ended_early,
            Anchor.ENDED: self.ended,
            Anchor.AGREED_END: self.agreed_end or self.cohort_end,
        }.get(instant.anchor)


def opening(instant: Instant, anchors: Anchors, zones: Iterable[str]) -> dt.datetime | None:
    """When something opens: at the anchor itself or, days off it, as that day begins for the first of those people."""
    at = anchors.at(instant)
    if at is None or is_anchor_itself(instant):
        return at
    return min(day_begins(_day(at, zone, instant), zone) for zone in zones)


def deadline(instant: Instant, anchors: Anchors, zones: Iterable[str]) -> dt.datetime | None:
    """Until when something is due.

    What is due before a meeting is due when it starts; everything else as the day ends for the last of those people.
    """
    at = anchors.at(instant)
    if at is None or (instant.anchor is Anchor.SESSION_START and is_anchor_itself(instant)):
        return at
    return max(day_ends(_day(at, zone, instant), zone) for zone in zones)


def is_anchor_itself(instant: Instant) -> bool:
    """Whether an instant is its anchor's, and not some days or months off it."""
    return not instant.days and not instant.months


def _day(at: dt.datetime, zone: str, instant: Instant) -> dt.date:
    return months_later(at.astimezone(ZoneInfo(zone)).date(), instant.months) + dt.timedelta(days=instant.days)


def day_begins(day: dt.date, zone: str) -> dt.datetime:
    """The first instant of a day in a zone, in UTC. (Where clocks skip midnight, the first one that exists.)"""
    return dt.datetime.combine(day, dt.time(), tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)


def day_ends(day: dt.date, zone: str) -> dt.datetime:
    """The last second of a day in a zone, in UTC."""
    return day_begins(day + dt.timedelta(days=1), zone) - dt.timedelta(seconds=1)


def clock_strikes(day: dt.date, hour: int, zone: str) -> dt.datetime:
    """That hour of a day on the clocks of a zone, in UTC."""
    return dt.datetime.combine(day, dt.time(hour), tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)


def local_day(at: dt.datetime, zone: str) -> dt.date:
    """Which day an instant falls on in a zone."""
    return at.astimezone(ZoneInfo(zone)).date()
