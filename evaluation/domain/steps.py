"""When answers are counted: a few at a time, so that two looks do not tell what one person said. Pure.

Figures that change with every answer tell the newest one to whoever looks before and after it. They therefore wait until
``SMALLEST_GROUP`` people have answered, and after that for ``STEP`` more at a time. When the time to answer is over, all who
kept to it are counted; whoever comes later waits for two others again.
"""

import datetime as dt
from collections.abc import Sequence

from evaluation.domain.distributions import SMALLEST_GROUP

STEP = 3
"""So many new answers come into the figures together: two leave a choice of one or the other, three do not."""


def how_many_count(answered_at: Sequence[dt.datetime], *, over_at: dt.datetime | None, now: dt.datetime) -> int:
    """How many of the answers count now, from the oldest on. ``over_at``: when the time to answer is over, if ever.

    Fewer than ``SMALLEST_GROUP`` all count: no figures are shown of them.
    """
    given = len(answered_at)
    first = SMALLEST_GROUP
    if over_at is not None and over_at <= now:
        first = max(first, sum(moment <= over_at for moment in answered_at))
    return given if given < first else given - (given - first) % STEP
