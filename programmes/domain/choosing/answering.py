"""The mentor's answer, the time of the talk, and what each of the two decides alone afterwards."""

import datetime as dt
from collections.abc import Collection
from enum import StrEnum

from django.db import transaction

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.tenancy.swapping import swap
from programmes.domain.choosing.asking import hold
from programmes.domain.choosing.making import CannotPair, make_pair
from programmes.domain.choosing.standing import check_rules, side_of
from programmes.domain.choosing.states import NotYours, Step, WrongStep, transition
from programmes.domain.choosing.telling import stop_telling, tell, tell_to_confirm
from programmes.domain.choosing.terms import asking_of
from programmes.domain.coordinators import coordinators_of
from programmes.domain.roles import roles_for
from programmes.enums import RequestState, Side
from programmes.models import MentorRequest


class Outcome(StrEnum):
    """What came of an answer."""

    TALK = "talk"
    ENDED = "ended"
    WAITS = "waits"
    """For what the other decides."""
    TO_CONFIRM = "to-confirm"
    """By a coordinator."""
    PAIRED = "paired"
    NOT_POSSIBLE = "not-possible"
    """Somebody was faster, or something stands against it now."""


def _own_side(request: MentorRequest, actor: User) -> Side:
    side = side_of(request, roles_for(actor).participants)
    if side is None:
        raise NotYours
    return side


@transaction.atomic
def accept_request(
    *, request: MentorRequest, actor: User, talk_at: dt.datetime | None = None, seen: Collection[str] = ()
) -> Outcome:
    """The mentor says yes: to a talk first where the handbook has one, else to being their mentor.

    ``talk_at`` names a time for the talk; without it the mentee's own stands. Raises ``NotYours``, ``WrongStep``,
    ``CannotAsk`` and ``MustBeSeen``.
    """
    held = hold(request)
    if _own_side(held, actor) is not Side.MENTOR:
        raise NotYours
    if held.state != RequestState.ASKED:
        raise WrongStep
    acknowledged = check_rules(held.cohort, held.mentor, held.mentee, seen)
    stop_telling(held)
    terms = asking_of(held.cohort)
    if terms is None or terms.talk is None:
        return _settle(held, Side.MENTOR, actor, acknowledged)
    transition(held, Step.ACCEPT, who="mentor", look_at=None, **_talk_named(held, Side.MENTOR, talk_at))
    record_event("request.accepted", held, actor=None, within=held.cohort)
    tell(held, "accepted", Side.MENTEE)
    return Outcome.TALK


def _talk_named(request: MentorRequest, side: Side, at: dt.datetime | None) -> dict[str, object]:
    """The time of the talk as this side leaves it: agreed when it is the other's, else named anew."""
    if at is None or at == request.talk_at:
        agreed = request.talk_at is not None and request.talk_named_by != side
        return {"talk_agreed_at": clock.now()} if agreed else {}
    return {"talk_at": at, "talk_named_by": side, "talk_agreed_at": None}


@transaction.atomic
def decline_request(*, request: MentorRequest, actor: User) -> Outcome:
    """The mentor says no. No reason is asked, and none is told. Raises ``NotYours`` and ``WrongStep``."""
    held = hold(request)
    if _own_side(held, actor) is not Side.MENTOR:
        raise NotYours
    transition(held, Step.DECLINE, who="mentor")
    stop_telling(held)
    record_event("request.ended", held, actor=None, within=held.cohort)
    tell(held, "declined", Side.MENTEE)
    return Outcome.ENDED


@transaction.atomic
def name_talk(*, request: MentorRequest, at: dt.datetime, actor: User) -> None:
    """Name a time for the talk, or agree to the other's by naming the same. Before it is sent the mentee names one alone.

    Raises ``NotYours`` and ``WrongStep``.
    """
    held = hold(request)
    side = _own_side(held, actor)
    before = held.state == RequestState.DRAFT and side is Side.MENTEE
    if not before and held.state != RequestState.TALKING:
        raise WrongStep
    values = _talk_named(held, side, at)
    if values and not swap(held, MentorRequest.objects.filter(state=held.state, talk_at=held.talk_at), **values):
        raise WrongStep
    if values and not before:
        other = Side.MENTEE if side is Side.MENTOR else Side.MENTOR
        what = "talk_agreed" if held.talk_agreed_at else "talk"
        tell(held, what, other, occasion=f"{side}-{at.isoformat()}")


@transaction.atomic
def decide(*, request: MentorRequest, wishes: bool, actor: User, seen: Collection[str] = ()) -> Outcome:
    """Decide in private, after the talk, whether one wishes to go on. Only the yes of both makes a pair.

    A no ends the request at once: nobody is told whose it was, and it is kept nowhere. Raises ``NotYours``, ``WrongStep``,
    ``CannotAsk`` and ``MustBeSeen``.
    """
    held = hold(request)
    side = _own_side(held, actor)
    if not wishes:
        return _part(held, side)
    if held.state != RequestState.TALKING:
        raise WrongStep
    acknowledged = check_rules(held.cohort, held.mentor, held.mentee, seen)
    mine, theirs = f"{side}_wishes", "mentor_wishes" if side is Side.MENTEE else "mentee_wishes"
    MentorRequest.objects.filter(pk=held.pk, state=RequestState.TALKING).update(**{mine: True})
    setattr(held, mine, True)
    if not getattr(held, theirs):
        return Outcome.WAITS
    return _settle(held, side, actor, acknowledged)


def _part(request: MentorRequest, side: Side) -> Outcome:
    transition(request, Step.PART, who=side)
    record_event("request.ended", request, actor=None, within=request.cohort)
    tell(request, "parted", Side.MENTEE if side is Side.MENTOR else Side.MENTOR)
    return Outcome.ENDED


def _settle(request: MentorRequest, who: str, actor: User, acknowledged: Collection[str]) -> Outcome:
    """Both wish it: make the pair, or put it before the coordinators where they confirm it."""
    terms = asking_of(request.cohort)
    if terms is not None and terms.confirms == "coordinator" and who != "coordinator":
        transition(request, Step.AGREE, who=who, look_at=None)
        tell_to_confirm(request, coordinators_of(request.cohort.programme))
        return Outcome.TO_CONFIRM
    try:
        with transaction.atomic():
            transition(request, Step.PAIR, who=who)
            make_pair(
                cohort=request.cohort,
                mentor=request.mentor,
                mentee=request.mentee,
                actor=actor,
                acknowledged=acknowledged,
            )
    except CannotPair:
        request.refresh_from_db(fields=["state"])
        overtake(request)
        return Outcome.NOT_POSSIBLE
    return Outcome.PAIRED


@transaction.atomic
def confirm_request(*, request: MentorRequest, actor: User, seen: Collection[str] = ()) -> Outcome:
    """A coordinator confirms what both wish, where the handbook leaves that to them. Raises like ``decide``."""
    held = hold(request)
    if not roles_for(actor).coordinates(held.cohort.programme_id):
        raise NotYours
    if held.state != RequestState.AGREED:
        raise WrongStep
    return _settle(held, "coordinator", actor, check_rules(held.cohort, held.mentor, held.mentee, seen))


def overtake(request: MentorRequest) -> None:
    """End a request of which nothing can come any more, and tell those who knew of it."""
    knew = request.state not in {RequestState.DRAFT, RequestState.INVITED}
    was_sent = request.state != RequestState.DRAFT
    transition(request, Step.OVERTAKE, who="system")
    stop_telling(request)
    record_event("request.ended", request, actor=None, within=request.cohort)
    if was_sent:
        tell(request, "overtaken", Side.MENTEE)
    if knew:
        tell(request, "overtaken", Side.MENTOR)
