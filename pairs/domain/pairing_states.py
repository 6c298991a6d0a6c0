"""A pairing's states: which step leads where, who may take it, and the one function that changes state."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mentoring.tenancy.swapping import swap
from pairs.enums import PairingState as S
from pairs.models import Pairing


class Step(StrEnum):
    """How a pairing can end."""

    COMPLETE = "complete"
    AGREE = "agree"
    """The last of them says that it is complete."""
    DISSOLVE = "dissolve"


@dataclass(frozen=True)
class Rule:
    """From where to where, and who may take the step."""

    before: S
    after: S
    who: frozenset[str]


TABLE: dict[Step, Rule] = {
    Step.COMPLETE: Rule(S.ACTIVE, S.COMPLETED, frozenset({"mentor", "coordinator"})),
    Step.AGREE: Rule(S.ACTIVE, S.COMPLETED, frozenset({"mentor", "mentee"})),
    Step.DISSOLVE: Rule(S.ACTIVE, S.DISSOLVED, frozenset({"mentor", "mentee", "coordinator"})),
}


class WrongState(Exception):
    """The step cannot be taken: somebody has taken it already."""


class NotYours(Exception):
    """This step is not open to this person."""


def transition(pairing: Pairing, step: Step, *, who: str, **values: Any) -> None:
    """Take the step by compare-and-swap. ``who``: the actor's part. Raises ``WrongState`` or ``NotYours``."""
    rule = TABLE[step]
    if who not in rule.who:
        raise NotYours
    if not swap(pairing, Pairing.objects.filter(state=rule.before), state=rule.after, **values):
        raise WrongState
