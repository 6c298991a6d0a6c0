"""Recurring days: from the first session's day, the days of all others at the pace a pair has chosen. Pure."""

import datetime as dt
from calendar import monthrange
from collections.abc import Callable

WEEK = 7


def _weeks(count: int) -> Callable[[dt.date, int], dt.date]:
    return lambda first, steps: first + dt.timedelta(days=count * WEEK * steps)


def _months(count: int) -> Callable[[dt.date, int], dt.date]:
    return lambda first, steps: same_weekday(first, count * steps)


PACES: dict[str, tuple[Callable[[dt.date, int], dt.date], int]] = {
    "weekly": (_weeks(1), 7),
    "every_two_weeks": (_weeks(2), 14),
    "every_three_weeks": (_weeks(3), 21),
    "monthly": (_months(1), 28),
    "every_two_months": (_months(2), 56),
}
"""Key of a frequency (``Plan.frequencies``) → its rule, and its days at least. Keys not named here repeat nothing."""


def repeats(frequency: str) -> bool:
    """Whether days can be worked out at that pace."""
    return frequency in PACES


def recurring(first: dt.date, frequency: str, count: int) -> list[dt.date]:
    """``count`` days beginning with ``first``. Raises ``KeyError`` for a pace that repeats nothing."""
    rule, _days = PACES[frequency]
    return [rule(first, step) for step in range(count)]


def days_between(frequency: str, interval_months: int) -> int:
    """How many days lie at least between two sessions at that pace; the handbook's own interval for an unknown one."""
    return PACES[frequency][1] if frequency in PACES else interval_months * 4 * WEEK


def same_weekday(first: dt.date, months: int) -> dt.date:
    """The day so many months on that is the same in its month: the second Thursday stays a second Thursday.

    A fifth one, where there is none, becomes the last of its month.
    """
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    opening, length = monthrange(year, month + 1)
    nth = (first.day - 1) // WEEK
    day = 1 + (first.weekday() - opening) % WEEK + nth * WEEK
    return dt.date(year, month + 1, day if day <= length else day - WEEK)
