"""Where a concern stands: which step leads from where to where, who takes it, and the one function that takes it."""

from dataclasses import dataclass
from enum import StrEnum

from mentoring import clock
from mentoring.tenancy.swapping import swap
from programmes.enums import ConcernState as S
from programmes.models import Concern


class Step(StrEnum):
    """What can be done with a concern."""

    ACKNOWLEDGE = "acknowledge"
    TAKE_ON = "take-on"
    CLOSE = "close"
    REOPEN = "reopen"
    RAISE_AGAIN = "raise-again"


@dataclass(frozen=True)
class Way:
    """A step: from where, to where, and whether a lead or who raised it takes it."""

    source: frozenset[S]
    target: S
    by_lead: bool = True


WAYS: dict[Step, Way] = {
    Step.ACKNOWLEDGE: Way(frozenset({S.RAISED}), S.ACKNOWLEDGED),
    Step.TAKE_ON: Way(frozenset({S.RAISED, S.ACKNOWLEDGED}), S.IN_HAND),
    Step.CLOSE: Way(frozenset({S.ACKNOWLEDGED, S.IN_HAND}), S.CLOSED),
    Step.REOPEN: Way(frozenset({S.CLOSED}), S.IN_HAND),
    Step.RAISE_AGAIN: Way(frozenset({S.CLOSED}), S.RAISED, by_lead=False),
}


class WrongStep(Exception):
    """The step does not lead on from where the concern stands (perhaps another person was faster)."""


def steps_from(state: str, *, by_lead: bool) -> list[Step]:
    """What a lead, or who raised it, can do next."""
    return [step for step, way in WAYS.items() if state in way.source and way.by_lead is by_lead]


def transition(concern: Concern, step: Step) -> None:
    """Move a concern on, if nobody moved it meanwhile. Raises ``WrongStep``."""
    way = WAYS[step]
    if concern.state not in way.source:
        raise WrongStep(f"{step} does not follow on {concern.state}.")
    values: dict[str, object] = {"state": way.target, **_moments(concern, way.target)}
    if not swap(concern, Concern.objects.filter(state=concern.state), **values):
        raise WrongStep("Somebody else was faster.")


def _moments(concern: Concern, target: S) -> dict[str, object]:
    now = clock.now()
    if target is S.RAISED:
        return {"raised_at": now, "acknowledged_at": None, "escalated_at": None, "closed_at": None}
    return {"acknowledged_at": concern.acknowledged_at or now, "closed_at": now if target is S.CLOSED else None}
