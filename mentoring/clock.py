"""What time it is, for everything the application decides, and how months are counted. Only a demo's history and a rehearsal set
another time.
"""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_set_to: ContextVar[dt.datetime | None] = ContextVar("clock_set_to", default=None)


def now() -> dt.datetime:
    """The present instant in UTC, or the one a surrounding ``at`` block has set."""
    return _set_to.get() or timezone.now()


@contextmanager
def at(instant: dt.datetime) -> Iterator[None]:
    """Let ``now`` answer ``instant`` for the block, in this thread or task only. Raises ``ValueError`` without a zone."""
    if timezone.is_naive(instant):
        raise ValueError("An instant needs a zone.")
    token = _set_to.set(instant.astimezone(dt.UTC))
    try:
        yield
    finally:
        _set_to.reset(token)


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later (or earlier) month, or that month's last where it has no such day (31 August + 6 → 28 February)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))
