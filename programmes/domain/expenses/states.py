"""Where a claim stands: which step leads from where to where, who takes it, and the one function that takes it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mentoring.tenancy.swapping import swap
from programmes.enums import ClaimState as S
from programmes.models import Claim


class Step(StrEnum):
    """What can be done with a claim."""

    SEND = "send"
    TAKE_BACK = "take-back"
    CORRECT = "correct"
    APPROVE = "approve"
    DECLINE = "decline"
    PAY = "pay"


@dataclass(frozen=True)
class Way:
    """A step: from where, to where, and whether who claims takes it or a coordinator."""

    source: S
    target: S
    is_own: bool = False


WAYS: dict[Step, Way] = {
    Step.SEND: Way(S.DRAFT, S.SENT, is_own=True),
    Step.TAKE_BACK: Way(S.SENT, S.DRAFT, is_own=True),
    Step.CORRECT: Way(S.DECLINED, S.DRAFT, is_own=True),
    Step.APPROVE: Way(S.SENT, S.APPROVED),
    Step.DECLINE: Way(S.SENT, S.DECLINED),
    Step.PAY: Way(S.APPROVED, S.PAID),
}


class WrongStep(Exception):
    """The step does not lead on from where the claim stands (perhaps another person was faster)."""


def steps_from(state: str, *, is_own: bool) -> list[Step]:
    """What who claims, or a coordinator, can do next."""
    return [step for step, way in WAYS.items() if way.source == state and way.is_own is is_own]


def transition(claim: Claim, step: Step, **values: Any) -> None:
    """Move a claim on by compare-and-swap, with what the step sets. Raises ``WrongStep``."""
    way = WAYS[step]
    if not swap(claim, Claim.objects.filter(state=way.source), state=way.target, **values):
        raise WrongStep(f"{step} does not follow on {claim.state}.")
