"""A proposed match's states: which step leads where, and the one function that changes state."""

import datetime as dt
from enum import StrEnum
from typing import Any

from mentoring import clock
from mentoring.tenancy.swapping import swap
from pairs.enums import ProposedState as S
from pairs.models import ProposedMatch


class Step(StrEnum):
    """What can become of a proposed match."""

    PAIR = "pair"
    DECLINE = "decline"
    LAPSE = "lapse"
    WITHDRAW = "withdraw"
    OVERTAKE = "overtake"


TABLE: dict[Step, S] = {
    Step.PAIR: S.PAIRED,
    Step.DECLINE: S.DECLINED,
    Step.LAPSE: S.LAPSED,
    Step.WITHDRAW: S.WITHDRAWN,
    Step.OVERTAKE: S.OVERTAKEN,
}
"""All of them lead on from where answers are waited for. Who may take them is said by the verbs."""


class WrongStep(Exception):
    """The step does not lead on from where the match is (perhaps somebody was faster)."""


def transition(match: ProposedMatch, step: Step, *, look_at: dt.datetime | None, **values: Any) -> None:
    """Take the step by compare-and-swap. ``look_at``: when those in it are told. Raises ``WrongStep``."""
    values |= {"state": TABLE[step], "ended_at": clock.now(), "look_at": look_at}
    if not swap(match, ProposedMatch.objects.filter(state=S.OPEN), **values):
        raise WrongStep
