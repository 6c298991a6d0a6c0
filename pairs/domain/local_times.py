"""From a day and a time on somebody's clock to an instant, with what changing clocks do to it. Pure."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo


class SkippedTime(Exception):
    """The clocks of the zone skip this time on this day. ``instead`` is the time they show when they go on."""

    def __init__(self, instead: dt.time) -> None:
        super().__init__(f"skipped; {instead:%H:%M} instead")
        self.instead = instead


@dataclass(frozen=True)
class LocalInstant:
    """An instant in UTC. ``twice``: the clocks show this time twice that day, and the first was taken."""

    at: dt.datetime
    twice: bool = False


def instant_at(day: dt.date, time: dt.time, zone: str) -> LocalInstant:
    """The instant when the clocks of ``zone`` show ``time`` on ``day``. Raises ``SkippedTime`` when they never do."""
    place = ZoneInfo(zone)
    first = dt.datetime.combine(day, time, tzinfo=place)
    at = first.astimezone(dt.UTC)
    shown = at.astimezone(place)
    if shown.replace(tzinfo=None) != first.replace(tzinfo=None):
        raise SkippedTime(shown.time())
    return LocalInstant(at, twice=first.replace(fold=1).utcoffset() != first.utcoffset())


def shown_at(at: dt.datetime, zone: str) -> tuple[dt.date, dt.time]:
    """The day and the time that the clocks of a zone show at an instant."""
    local = at.astimezone(ZoneInfo(zone))
    return local.date(), local.time().replace(second=0, microsecond=0)
