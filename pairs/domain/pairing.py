"""Making a pair: only the coordinator confirms one, and with that stage 1 opens (``plp.sys.13``–``15``)."""

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from pairs.domain.people import Person, people_of
from pairs.domain.planning import plan_of, plan_outputs
from pairs.domain.telling import page_of, tell
from pairs.models import Pairing, PairingMember, Schedule, Session
from programmes.domain.matching.profiles import profile_of
from programmes.domain.matching.warnings import watch_of
from programmes.domain.roles import roles_for
from programmes.enums import ParticipantState, Side
from programmes.models import Cohort, Participant
from templates_app.domain.kits import kit_of
from templates_app.shapes import Kit

READY = frozenset({ParticipantState.JOINED, ParticipantState.ACCEPTED})
"""People who may be paired: taken on, and at best joined already."""


class CannotPair(Exception):
    """The two cannot be paired as things stand; ``reasons`` say why, in words for the coordinator."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class NeedsAcknowledging(Exception):
    """A conflict was declared between the two: the coordinator must say that they have seen it first.

    ``rules`` are the keys to pass as ``acknowledged``, with the words to show.
    """

    def __init__(self, rules: dict[str, str]) -> None:
        super().__init__(", ".join(rules))
        self.rules = rules


class NotTheCoordinator(Exception):
    """Only a coordinator of the programme confirms pairs."""


@transaction.atomic
def confirm_pairing(
    *, cohort: Cohort, mentor: Participant, mentee: Participant, actor: User, acknowledged: Collection[str] = ()
) -> Pairing:
    """Pair two people: members, schedule, planned sessions without dates, everything owed, and a message to both.

    ``acknowledged`` holds the keys of match rules (of the programme's handbook) whose warning the coordinator has seen;
    they are kept in the history. Raises ``NotTheCoordinator``, ``CannotPair`` and ``NeedsAcknowledging``.
    """
    if not roles_for(actor).coordinates(cohort.programme_id):
        raise NotTheCoordinator
    kit = kit_of(cohort.programme.handbook)
    # One after the other for the same people: the second coordinator finds the first one's pair.
    locked = Participant.objects.select_for_update().filter(pk__in=[mentor.pk, mentee.pk]).order_by("pk")
    by_id = {row.pk: row for row in locked}
    mentor, mentee = by_id[mentor.pk], by_id[mentee.pk]
    if reasons := obstacles(cohort=cohort, mentor=mentor, mentee=mentee):
        raise CannotPair(reasons)
    _check_conflicts(cohort, mentor, mentee, acknowledged)
    pairing = _create(cohort, mentor, mentee, kit, actor)
    plan_outputs(pairing, plan_of(pairing))
    record_event(
        "pairing.confirmed",
        pairing,
        actor=actor,
        mentor=mentor.name,
        mentee=mentee.name,
        acknowledged=sorted(acknowledged),
    )
    for person in people_of(pairing).everyone:
        _welcome(pairing, person)
    return pairing


def obstacles(*, cohort: Cohort, mentor: Participant, mentee: Participant) -> list[str]:
    """Why these two cannot be paired now, in words; empty when they can (conflicts apart)."""
    found = []
    for person, side in ((mentor, Side.MENTOR), (mentee, Side.MENTEE)):
        if person.cohort_id != cohort.pk or person.side != side:
            found.append(_("%(name)s is not a %(side)s of this cohort.") % {"name": person.name, "side": side.label})
        elif person.state not in READY:
            found.append(_("%(name)s has not been accepted into the cohort.") % {"name": person.name})
    if found:
        return found
    if mentor.email.lower() == mentee.email.lower():
        return [_("Nobody mentors themselves: both are %(name)s.") % {"name": mentor.name}]
    present = PairingMember.objects.filter(participant__in=[mentor, mentee], left_at__isnull=True)
    held = list(present.values_list("participant", flat=True))
    if mentee.pk in held:
        found.append(_("%(name)s is in a running pair already.") % {"name": mentee.name})
    if held.count(mentor.pk) >= mentor.capacity:
        found.append(_("%(name)s has as many pairs as they can take.") % {"name": mentor.name})
    return found


def _check_conflicts(cohort: Cohort, mentor: Participant, mentee: Participant, acknowledged: Collection[str]) -> None:
    found = watch_of(cohort).broken(profile_of(mentor), profile_of(mentee))
    if forbidden := [rule.text for rule in found if rule.effect == "forbid"]:
        raise CannotPair(forbidden)
    if unseen := {rule.key: rule.text for rule in found if rule.key not in acknowledged}:
        raise NeedsAcknowledging(unseen)


def _create(cohort: Cohort, mentor: Participant, mentee: Participant, kit: Kit, actor: User) -> Pairing:
    now = clock.now()
    pairing = Pairing.objects.create(cohort=cohort, confirmed_by=actor, started_at=now)
    try:
        with transaction.atomic():
            for person in (mentor, mentee):
                PairingMember.objects.create(pairing=pairing, participant=person, side=person.side, joined_at=now)
    except IntegrityError as fault:
        raise CannotPair([_("%(name)s is in a running pair already.") % {"name": mentee.name}]) from fault
    minutes = kit.plan.meeting.default_minutes
    Schedule.objects.create(pairing=pairing, minutes=minutes)
    Session.objects.bulk_create(
        Session(pairing=pairing, number=number, minutes=minutes) for number in range(1, kit.plan.sessions + 1)
    )
    return pairing


def _welcome(pairing: Pairing, person: Person) -> None:
    people = people_of(pairing)
    tell(
        "paired",
        person.member,
        about=pairing,
        occasion=f"paired-{pairing.pk}",
        link=page_of("pairs:home"),
        by=people.partner_of(person).member,
        side=person.side,
        programme=pairing.cohort.programme.title,
    )
