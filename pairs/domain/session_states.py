"""A session's states: which step leads where, and the one function that changes state."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mentoring.tenancy.swapping import swap
from pairs.enums import SessionState as S
from pairs.models import Session


class Step(StrEnum):
    """What can be done to a session."""

    PLAN = "plan"
    """Give it a date, or another one. A cancelled session comes back with its new date."""
    HOLD = "hold"
    UNHOLD = "unhold"
    """It was marked as held by mistake."""
    CANCEL = "cancel"


@dataclass(frozen=True)
class Rule:
    """From where to where. Every step is open to both members of a running pairing."""

    before: frozenset[S]
    after: S


TABLE: dict[Step, Rule] = {
    Step.PLAN: Rule(frozenset({S.PLANNED, S.CANCELLED}), S.PLANNED),
    Step.HOLD: Rule(frozenset({S.PLANNED}), S.HELD),
    Step.UNHOLD: Rule(frozenset({S.HELD}), S.PLANNED),
    Step.CANCEL: Rule(frozenset({S.PLANNED}), S.CANCELLED),
}


class WrongState(Exception):
    """The step cannot be taken from where the session stands now: somebody may have been faster."""


def allowed(session: Session, step: Step) -> bool:
    """Whether the step leads anywhere from here."""
    return session.state in TABLE[step].before


def transition(session: Session, step: Step, **values: Any) -> None:
    """Take the step by compare-and-swap, with further columns to set. Raises ``WrongState``.

    The sequence is compared as well: two changes under one number would be one to the calendars, which skip the second.
    """
    rule = TABLE[step]
    stands = {"state": session.state, "starts_at": session.starts_at, "sequence": session.sequence}
    rows = Session.objects.filter(**stands)
    if session.state not in rule.before or not swap(session, rows, state=rule.after, **values):
        raise WrongState(f"'{step}' is not possible while the session is '{session.state}'.")
