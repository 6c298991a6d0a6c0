"""Recognising what people achieve, with certificates and a record of hours (``sssc.must.61``).

What is recorded may be said aloud. A person reads their own; coordinators see what they recorded, and nobody else anything.
"""

import datetime as dt
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from pairs.domain.hours import hours, sessions_held
from pairs.domain.instants import local_day
from pairs.domain.people import People
from pairs.domain.telling import page_of, tell_user
from pairs.models import Achievement, Pairing
from programmes.domain.queries import own_participations
from programmes.domain.roles import roles_for
from programmes.enums import ParticipantState
from programmes.models import Cohort, Participant, Programme
from templates_app.domain.kits import kit_of
from templates_app.shapes import Recognition


class NotOffered(Exception):
    """The programme records no achievements, or this person may not record them."""


def rules_of(programme: Programme) -> Recognition:
    """What the programme's handbook says about recognition."""
    return kit_of(programme.handbook).recognition


# --- Who sees which ---------------------------------------------------------------------------------------------------


def own_achievements(user: User) -> QuerySet[Achievement]:
    """What was recorded for somebody."""
    return _whole().filter(participant__in=roles_for(user).participants)


def recorded_in(user: User, cohort: Cohort) -> QuerySet[Achievement]:
    """What was recorded in a cohort, for its coordinators; nothing for anybody else."""
    if not roles_for(user).coordinates(cohort.programme_id):
        return Achievement.objects.none()
    return _whole().filter(participant__cohort=cohort)


def get_achievement_for(user: User, achievement_id: UUID) -> Achievement:
    """One of their own, or one of a programme they coordinate. Raises ``Http404``."""
    roles = roles_for(user)
    found = get_object_or_404(_whole(), pk=achievement_id)
    if found.participant_id in roles.participants or roles.coordinates(found.participant.cohort.programme_id):
        return found
    raise Http404


def places_recognised(user: User) -> list[Participant]:
    """Their own places in programmes that recognise achievements."""
    return [place for place in own_participations(user) if rules_of(place.cohort.programme).offered]


def recognisable(cohort: Cohort) -> list[Participant]:
    """The people of a cohort who have joined."""
    rows = Participant.objects.filter(cohort=cohort, state=ParticipantState.JOINED, membership__isnull=False)
    return list(rows.select_related("membership__user").order_by("family_name", "given_name", "pk"))


def _whole() -> QuerySet[Achievement]:
    return Achievement.objects.select_related(
        "participant__cohort__programme__handbook", "participant__membership__user", "recorded_by", "organisation"
    )


# --- Recording --------------------------------------------------------------------------------------------------------


@transaction.atomic
def record_achievement(
    *, person: Participant, what: str, achieved_on: dt.date, hours: Decimal | None, actor: User
) -> Achievement:
    """Record what somebody has achieved, and tell them. Raises ``NotOffered`` for anybody but a coordinator."""
    programme = person.cohort.programme
    if not roles_for(actor).coordinates(programme.pk) or not rules_of(programme).offered:
        raise NotOffered
    found = Achievement.objects.create(
        participant=person, what=what, achieved_on=achieved_on, hours=hours, recorded_by=actor
    )
    record_event("achievement.recorded", found, actor=actor)
    _tell(found)
    return found


@transaction.atomic
def take_back_achievement(*, achievement: Achievement, actor: User) -> None:
    """Take out what was recorded by mistake. Raises ``NotOffered`` for anybody but a coordinator."""
    if not roles_for(actor).coordinates(achievement.participant.cohort.programme_id):
        raise NotOffered
    record_event("achievement.taken_back", achievement, actor=actor)
    achievement.delete()


def recognise_completion(pairing: Pairing, people: People) -> None:
    """Where the handbook recognises achievements and says so, record for everybody in a pairing that was completed that they
    did, with their hours.
    """
    rules = rules_of(pairing.cohort.programme)
    words = rules.at_closure
    if not rules.offered or not words or pairing.ended_at is None:
        return
    for person in people.present:
        spent = hours(sessions_held(person.participant))
        day = local_day(pairing.ended_at, person.zone)
        values = {"what": words, "achieved_on": day, "hours": spent or None}
        found, is_new = Achievement.objects.get_or_create(
            participant=person.participant, pairing=pairing, defaults=values
        )
        if is_new:
            _tell(found)


def _tell(achievement: Achievement) -> None:
    membership = achievement.participant.membership
    if membership is not None:
        link = page_of("pairs:achievements")
        title = achievement.participant.cohort.programme.title
        tell_user(
            "achievement", membership.user, about=achievement, occasion=str(achievement.pk), link=link, programme=title
        )
