"""Until when an answer is waited for, and when somebody is reminded: days and mornings on that person's own clock."""

import datetime as dt
from zoneinfo import ZoneInfo

MORNING = dt.time(9)


def end_of_day(now: dt.datetime, days: int, zone: str) -> dt.datetime:
    """The end of the day that is so many days after today on somebody's calendar."""
    place = ZoneInfo(zone)
    day = now.astimezone(place).date() + dt.timedelta(days=days + 1)
    return dt.datetime.combine(day, dt.time(0), tzinfo=place).astimezone(dt.UTC)


def morning_after(now: dt.datetime, days: int, zone: str) -> dt.datetime:
    """Nine in the morning, so many days after today on somebody's calendar."""
    place = ZoneInfo(zone)
    day = now.astimezone(place).date() + dt.timedelta(days=days)
    return dt.datetime.combine(day, MORNING, tzinfo=place).astimezone(dt.UTC)
