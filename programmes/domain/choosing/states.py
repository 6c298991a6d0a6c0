"""A request's states: which step leads where, who may take it, and the one function that changes state."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mentoring import clock
from mentoring.tenancy.swapping import swap
from programmes.enums import RequestState as S
from programmes.models import MentorRequest


class Step(StrEnum):
    """What can become of a request."""

    INVITE = "invite"
    SEND = "send"
    ARRIVE = "arrive"
    ACCEPT = "accept"
    DECLINE = "decline"
    PART = "part"
    AGREE = "agree"
    PAIR = "pair"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"
    OVERTAKE = "overtake"


@dataclass(frozen=True)
class Rule:
    """From where to where, and who may take the step."""

    before: frozenset[str]
    after: S
    who: frozenset[str]


def _rule(before: set[S], after: S, *who: str) -> Rule:
    return Rule(frozenset(before), after, frozenset(who))


TABLE: dict[Step, Rule] = {
    Step.INVITE: _rule({S.DRAFT}, S.INVITED, "mentee"),
    Step.SEND: _rule({S.DRAFT}, S.ASKED, "mentee"),
    Step.ARRIVE: _rule({S.INVITED}, S.ASKED, "system"),
    Step.ACCEPT: _rule({S.ASKED}, S.TALKING, "mentor"),
    Step.DECLINE: _rule({S.ASKED}, S.DECLINED, "mentor"),
    Step.PART: _rule({S.TALKING, S.AGREED}, S.DECLINED, "mentor", "mentee"),
    Step.AGREE: _rule({S.ASKED, S.TALKING}, S.AGREED, "mentor", "mentee"),
    Step.PAIR: _rule({S.ASKED, S.TALKING, S.AGREED}, S.PAIRED, "mentor", "mentee", "coordinator"),
    Step.WITHDRAW: _rule({S.DRAFT, S.INVITED, S.ASKED}, S.WITHDRAWN, "mentee"),
    Step.LAPSE: _rule({S.INVITED, S.ASKED}, S.LAPSED, "system"),
    Step.OVERTAKE: _rule({S.DRAFT, S.INVITED, S.ASKED, S.TALKING, S.AGREED}, S.OVERTAKEN, "system"),
}
"""Who ends a talk is not told apart: both take the step ``PART``, and it leads where a mentor's first no leads."""

ENDED = frozenset({S.PAIRED, S.DECLINED, S.LAPSED, S.WITHDRAWN, S.OVERTAKEN})


class WrongStep(Exception):
    """The step does not lead on from where the request is (perhaps somebody was faster)."""


class NotYours(Exception):
    """This step is not open to this person."""


def may(step: Step, request: MentorRequest, who: str) -> bool:
    """Whether the step leads on from where the request is, and is open to that side."""
    rule = TABLE[step]
    return who in rule.who and request.state in rule.before


def transition(request: MentorRequest, step: Step, *, who: str, **values: Any) -> None:
    """Take the step by compare-and-swap, and set ``values`` with it. Raises ``NotYours`` and ``WrongStep``.

    As a request ends, nothing is to be looked at any more, and what the two had decided in private is wiped.
    """
    rule = TABLE[step]
    if who not in rule.who:
        raise NotYours
    if request.state not in rule.before:
        raise WrongStep
    values["state"] = rule.after
    if rule.after in ENDED:
        values |= {"look_at": None, "mentor_wishes": None, "mentee_wishes": None, "ended_at": clock.now()}
    if not swap(request, MentorRequest.objects.filter(state=request.state), **values):
        raise WrongStep
