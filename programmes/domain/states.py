"""A person's way into a cohort: which step leads from where to where, and the one function that takes it."""

from enum import StrEnum

from mentoring.tenancy.swapping import swap
from programmes.enums import ParticipantState as S
from programmes.models import Participant


class Step(StrEnum):
    """What can be done with somebody's place in a cohort."""

    ACCEPT = "accept"
    DECLINE = "decline"
    INVITE = "invite"
    JOIN = "join"
    WITHDRAW = "withdraw"
    REINSTATE = "reinstate"


FROM: dict[Step, frozenset[str]] = {
    Step.ACCEPT: frozenset({S.CANDIDATE, S.DECLINED}),
    Step.DECLINE: frozenset({S.CANDIDATE, S.ACCEPTED, S.INVITED}),
    Step.INVITE: frozenset({S.ACCEPTED, S.INVITED}),
    Step.JOIN: frozenset({S.INVITED}),
    Step.WITHDRAW: frozenset({S.CANDIDATE, S.ACCEPTED, S.INVITED, S.JOINED}),
    Step.REINSTATE: frozenset({S.WITHDRAWN}),
}
"""Step → the states from which it may be taken."""

_TO = {
    Step.ACCEPT: S.ACCEPTED,
    Step.DECLINE: S.DECLINED,
    Step.INVITE: S.INVITED,
    Step.JOIN: S.JOINED,
    Step.WITHDRAW: S.WITHDRAWN,
}


class WrongStep(Exception):
    """The step does not lead on from the state somebody is in (perhaps another person was faster)."""


def may(step: Step, person: Participant) -> bool:
    """Whether the step leads on from where this person is."""
    return person.state in FROM[step]


def target(step: Step, person: Participant) -> S:
    """Where a step leads. Taking somebody in again leads back to where their own facts put them."""
    if step is not Step.REINSTATE:
        return _TO[step]
    if person.membership_id is not None:
        return S.JOINED
    return S.ACCEPTED if person.decided_at is not None else S.CANDIDATE


def take_step(person: Participant, step: Step, **values: object) -> None:
    """Move somebody on, and set ``values`` with it, if nobody moved them meanwhile. Raises ``WrongStep``."""
    if not may(step, person):
        raise WrongStep(f"{step} does not follow on {person.state}.")
    values["state"] = target(step, person)
    if not swap(person, Participant.objects.filter(state=person.state), **values):
        raise WrongStep("Somebody else was faster.")
