"""Coming to an event: answering, signing up, waiting for a place, having been there (``cal.sys.63``)."""

from collections.abc import Collection
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.notices.domain.outbox import notify
from mentoring.ui.dates import moment
from programmes.domain.event_feedback import ask_guests
from programmes.domain.event_reminders import plan_reminder
from programmes.domain.links import link
from programmes.domain.queries import own_participations
from programmes.domain.roles import roles_for
from programmes.domain.training.doing import record_training
from programmes.enums import GuestAnswer, ParticipantState, TrainedBy
from programmes.models import Gathering, Guest, Participant


class GatheringOver(Exception):
    """An event that was cancelled, or has begun, is not changed or answered."""


class NotInvited(Exception):
    """The event is not open to this person."""


class NotBegun(Exception):
    """Who was there is noted once it has begun."""


def gatherings_open_to(user: User) -> QuerySet[Gathering]:
    """The events that somebody was invited to or may sign up for, the next ones first."""
    places = own_participations(user)
    invited = Q(guests__participant__in=places)
    may_sign_up = Q(is_open=True, cohort__in=places.values("cohort"))
    return Gathering.objects.filter(invited | may_sign_up).select_related("cohort__programme__handbook").distinct()


def place_at(user: User, gathering: Gathering) -> tuple[Participant, Guest | None]:
    """The place in the cohort with which somebody comes to an event, and their answer so far.

    Who has several places there comes with the one that was invited. Raises ``NotInvited``.
    """
    guest = (
        Guest.objects.filter(gathering=gathering, participant__in=own_participations(user))
        .select_related("participant")
        .first()
    )
    if guest is not None:
        return guest.participant, guest
    person = own_participations(user).filter(cohort=gathering.cohort_id).first()
    if person is None or not gathering.is_open:
        raise NotInvited
    return person, None


@transaction.atomic
def say_whether_one_comes(*, gathering: Gathering, person: Participant, answer: str, actor: User) -> Guest:
    """Say whether one comes. Who says yes when all places are taken waits; a place that becomes free goes to who waits first.

    Raises ``GatheringOver`` and ``NotInvited``.
    """
    event = Gathering.objects.select_for_update(of=("self",)).select_related("cohort__programme").get(pk=gathering.pk)
    if event.cancelled_at is not None or event.starts_at <= clock.now():
        raise GatheringOver
    guest, is_new = Guest.objects.get_or_create(gathering=event, participant=person)
    if is_new and not (event.is_open and person.cohort_id == event.cohort_id):
        raise NotInvited
    wanted = GuestAnswer(answer)
    if wanted == GuestAnswer.COMING and guest.answer != GuestAnswer.COMING and not _is_next(event):
        wanted = GuestAnswer.WAITING
    if guest.answer != wanted:
        guest.answer, guest.answered_at = wanted, clock.now()
        guest.save(update_fields=["answer", "answered_at"])
        record_event("gathering.answered", event, actor=actor, within=event, name=person.name)
        if wanted == GuestAnswer.COMING:
            plan_reminder(guest)
    move_up(event)
    guest.refresh_from_db(fields=["answer"])
    return guest


def move_up(gathering: Gathering) -> None:
    """Give free places to those who wait, the first first, and tell them. In the transaction that made them free."""
    for guest in _waiting(gathering).select_related("participant__membership__user"):
        if not _has_room(gathering):
            return
        guest.answer, guest.answered_at = GuestAnswer.COMING, clock.now()
        guest.save(update_fields=["answer", "answered_at"])
        _tell(gathering, guest)
        plan_reminder(guest)


def give_up_places(person: Participant) -> None:
    """Who leaves a cohort comes to none of its events any more: whoever waits first gets the place.

    Taken in again, they answer anew.
    """
    coming = Gathering.objects.filter(cohort=person.cohort_id, cancelled_at=None, starts_at__gt=clock.now())
    held = coming.filter(guests__participant=person).order_by("pk")
    for gathering in held.select_for_update(of=("self",)).select_related("cohort__programme"):
        Guest.objects.filter(gathering=gathering, participant=person).update(answer=GuestAnswer.OPEN, answered_at=None)
        move_up(gathering)


def _waiting(gathering: Gathering) -> QuerySet[Guest]:
    return Guest.objects.filter(
        gathering=gathering, answer=GuestAnswer.WAITING, participant__state=ParticipantState.JOINED
    ).order_by("answered_at", "pk")


def _is_next(gathering: Gathering) -> bool:
    """Whether there is a place for somebody who says yes now: nobody overtakes those who wait."""
    return gathering.places is None or (_has_room(gathering) and not _waiting(gathering).exists())


def _has_room(gathering: Gathering) -> bool:
    if gathering.places is None:
        return True
    coming = Guest.objects.filter(
        gathering=gathering, answer=GuestAnswer.COMING, participant__state=ParticipantState.JOINED
    )
    return coming.count() < gathering.places


def _tell(gathering: Gathering, guest: Guest) -> None:
    assert guest.participant.membership is not None
    assert guest.answered_at is not None
    user = guest.participant.membership.user
    notify(
        "programmes.gathering_place",
        user,
        about=gathering,
        occasion=f"{guest.pk}:{guest.answered_at.isoformat()}",
        context={
            "title": gathering.title,
            "when": moment(gathering.starts_at, user.zone),
            "programme": gathering.cohort.programme.title,
            "action_url": link("programmes:my_gathering", gathering.pk),
        },
    )


@transaction.atomic
def note_attendance(*, gathering: Gathering, present: Collection[UUID], actor: User) -> int:
    """Note who was there, by guest, and ask them how it was; an event that stands for a module of training completes it for them.

    Returns how many were there. Raises ``NotBegun``, ``GatheringOver`` for one that was called off, ``NotInvited`` for anybody
    but a coordinator.
    """
    if not roles_for(actor).coordinates(gathering.cohort.programme_id):
        raise NotInvited
    if gathering.cancelled_at is not None:
        raise GatheringOver
    if gathering.starts_at > clock.now():
        raise NotBegun
    guests = Guest.objects.filter(gathering=gathering)
    guests.filter(pk__in=present).update(attended=True)
    guests.exclude(pk__in=present).update(attended=False)
    record_event("gathering.attended", gathering, actor=actor, within=gathering.cohort)
    ask_guests(gathering)
    if gathering.module:
        there = Participant.objects.filter(invited_to__gathering=gathering, invited_to__attended=True)
        record_training(
            people=there.select_related("cohort__programme__handbook"),
            key=gathering.module,
            on=gathering.starts_at.astimezone(ZoneInfo(gathering.zone)).date(),
            by=TrainedBy.ATTENDANCE,
            actor=actor,
        )
    return guests.filter(attended=True).count()
