"""What time it is, for everything the application decides. Only a demo's history and a rehearsal set another time."""

import datetime as dt
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
