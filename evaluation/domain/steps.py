"""When answers are counted: a few at a time, so that two looks do not tell what one person said. Pure.

Figures that change with every answer tell the newest one to whoever looks before and after it. They therefore wait until
``SMALLEST_GROUP`` people have answered, and after that for ``STEP`` more at a time. When the time to answer is over, all who
kept to it are counted; whoever comes later waits for two others again.
"""

import datetime as dt
from collections.abc import Hashable, Sequence

from evaluation.domain.behind import People
from templates_app.domain.counting import SMALLEST_GROUP

STEP = 3
"""So many new answers come into the figures together: two leave a choice of one or the other, three do not."""


def how_many_count(
    answered_at: Sequence[dt.datetime],
    *,
    over_at: dt.datetime | None,
    now: dt.datetime,
    writers: Sequence[People] | None = None,
) -> int:
    """How many of the answers count now, from the oldest on. ``over_at``: when the time to answer is over, if ever;
    ``writers``: whose each answer is, where somebody may have given several: a step is one of so many people.

    While fewer than ``SMALLEST_GROUP`` have answered all count: no figures are shown of them.
    """
    whose = writers or [frozenset({number}) for number in range(len(answered_at))]
    kept_to_it = over_at is not None and over_at <= now
    least = sum(moment <= over_at for moment in answered_at) if kept_to_it and over_at is not None else 0
    counted = _after(whose, 0, SMALLEST_GROUP, least)
    if counted is None:
        return len(answered_at)
    while (more := _after(whose, counted, STEP)) is not None:
        counted = more
    return counted


def _after(whose: Sequence[People], begin: int, people: int, least: int = 0) -> int | None:
    """The place after which so many people, and so many answers, have come since ``begin``; ``None`` while they have not."""
    seen: set[Hashable] = set()
    count = 0
    for place, group in enumerate(whose[begin:], start=begin + 1):
        if seen.isdisjoint(group):
            count += 1
            seen |= group
        if count >= people and place >= least:
            return place
    return None
