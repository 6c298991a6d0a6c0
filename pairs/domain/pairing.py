"""Making a pairing: only the coordinator confirms one, and with that stage 1 opens (``plp.sys.13``–``15``). Where the handbook
has the people of a match asked, they say yes to what the coordinator proposes (``proposing``).

One verb for all mentoring models; what may speak against it is the same for a pair and for each mentor and mentee of a group.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from itertools import product
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from pairs.domain.alongside import already_together
from pairs.domain.experienced import fault_of, put
from pairs.domain.limits import limit_faults
from pairs.domain.people import Person, names_in_a_row, people_of
from pairs.domain.planning import plan_of, plan_outputs
from pairs.domain.telling import page_of, tell
from pairs.domain.wanted import taken_by
from pairs.enums import OutputKind, PairingModel
from pairs.models import Pairing, PairingMember, Schedule, Session
from programmes.domain.choosing.closing import close_after_pairing
from programmes.domain.gates import what_holds_back
from programmes.domain.matching.profiles import profile_of
from programmes.domain.matching.warnings import watch_of
from programmes.domain.roles import roles_for
from programmes.enums import ParticipantState, Side
from programmes.models import Cohort, Participant
from templates_app.domain.kits import kit_of
from templates_app.shapes import ALONGSIDE, Kit

READY = frozenset({ParticipantState.JOINED, ParticipantState.ACCEPTED})
"""People who may be paired: taken on, and at best joined already."""


class CannotPair(Exception):
    """They cannot be paired as things stand; ``reasons`` say why, in words for the coordinator."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class NeedsAcknowledging(Exception):
    """Something speaks against two of them: the coordinator must say that they have seen it first.

    ``rules`` are the keys to pass as ``acknowledged``, with the words to show.
    """

    def __init__(self, rules: dict[str, str]) -> None:
        super().__init__(", ".join(rules))
        self.rules = rules


class NotTheCoordinator(Exception):
    """Only a coordinator of the programme confirms pairs."""


def confirm_pairing(
    *, cohort: Cohort, mentor: Participant, mentee: Participant, actor: User, acknowledged: Collection[str] = ()
) -> Pairing:
    """Pair two people, as ``form_pairing`` does. Raises what it raises."""
    return form_pairing(
        cohort=cohort,
        model=PairingModel.ONE_TO_ONE,
        mentors=[mentor],
        mentees=[mentee],
        actor=actor,
        acknowledged=acknowledged,
    )


@transaction.atomic
def form_pairing(
    *,
    cohort: Cohort,
    model: PairingModel,
    mentors: Sequence[Participant],
    mentees: Sequence[Participant],
    actor: User,
    acknowledged: Collection[str] = (),
    experienced: Participant | None = None,
    since: dt.datetime | None = None,
) -> Pairing:
    """Begin a pairing of one of the programme's models: members, schedule, planned sessions without dates, everything owed,
    and a message to everybody (``sssc.must.18``, ``sssc.must.19``).

    ``acknowledged`` holds the keys of match rules (of the programme's handbook) whose warning the coordinator has seen;
    they are kept in the history. ``experienced`` is the mentor of several beside whom another begins, where the model has one
    named (``sssc.must.21``). ``since``: when it began, where that was before now and it stands alongside the handbook's path;
    such a one may always be recorded by a coordinator. Raises ``NotTheCoordinator``, ``CannotPair`` and
    ``NeedsAcknowledging``; where mentees choose, and nobody else, and where those in a match say yes first, always
    ``CannotPair`` for any other.
    """
    if not roles_for(actor).coordinates(cohort.programme_id):
        raise NotTheCoordinator
    matching = kit_of(cohort.programme.handbook).matching
    if matching.is_by_choice_alone and model not in ALONGSIDE:
        raise CannotPair([_("In this programme mentees choose their mentors, and nobody else makes pairs.")])
    if matching.consent is not None and model not in ALONGSIDE:
        raise CannotPair([_("In this programme everybody in a match says yes to it first. Propose it to them.")])
    return form_agreed_pairing(
        cohort=cohort,
        model=model,
        mentors=mentors,
        mentees=mentees,
        actor=actor,
        acknowledged=acknowledged,
        experienced=experienced,
        since=since,
    )


@transaction.atomic
def form_agreed_pairing(
    *,
    cohort: Cohort,
    model: PairingModel,
    mentors: Sequence[Participant],
    mentees: Sequence[Participant],
    actor: User | None,
    acknowledged: Collection[str] = (),
    experienced: Participant | None = None,
    since: dt.datetime | None = None,
) -> Pairing:
    """Begin the pairing of people who have said yes to each other; ``actor`` is with whose word it begins. That they have said
    so is for who calls to see to. Raises ``CannotPair`` and ``NeedsAcknowledging``.
    """
    kit, alongside = kit_of(cohort.programme.handbook), model in ALONGSIDE
    mentors, mentees = check_formable(cohort, model, mentors, mentees, acknowledged, experienced)
    pairing = _create(cohort, model, [*mentors, *mentees], kit, actor, since or clock.now())
    plan_outputs(pairing, plan_of(pairing))
    record_event(
        "peers.formed" if pairing.is_peers else "pairing.confirmed",
        pairing,
        actor=actor,
        mentor=", ".join(row.name for row in mentors),
        mentee=", ".join(row.name for row in mentees),
        acknowledged=sorted(acknowledged),
    )
    for person in people_of(pairing).everyone:
        welcome(pairing, person)
    if kit.matching.is_by_choice and not alongside:
        close_after_pairing([*mentors, *mentees])
    if experienced is not None:
        put(pairing, experienced)
    return pairing


def check_formable(
    cohort: Cohort,
    model: PairingModel,
    mentors: Sequence[Participant],
    mentees: Sequence[Participant],
    acknowledged: Collection[str],
    experienced: Participant | None = None,
) -> tuple[list[Participant], list[Participant]]:
    """Look whether these people can be paired now, and hold them: returns them, each once, as they are now.

    Raises ``CannotPair`` and ``NeedsAcknowledging``.
    """
    kit = kit_of(cohort.programme.handbook)
    kind = kit.plan.model(model)
    if kind and (fault := fault_of(kind.experienced, mentors, experienced)):
        raise CannotPair([fault])
    mentors, mentees = held([*mentors], [*mentees])
    obstacles = obstacles_to(cohort, mentors, mentees, alongside=model in ALONGSIDE)
    if reasons := [*limit_faults(kit, model, mentors, mentees), *obstacles]:
        raise CannotPair(reasons)
    check_conflicts(cohort, mentors, mentees, acknowledged)
    return mentors, mentees


def held(*sides: list[Participant]) -> list[list[Participant]]:
    """The same people as they are now, each once. One after the other for the same people: of two coordinators at once the
    second finds the first one's pair.
    """
    ids = {row.pk for side in sides for row in side}
    by_id = {row.pk: row for row in Participant.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    return [[by_id[pk] for pk in dict.fromkeys(row.pk for row in side)] for side in sides]


def obstacles(*, cohort: Cohort, mentor: Participant, mentee: Participant) -> list[str]:
    """Why these two cannot be paired now, in words; empty when they can (conflicts apart)."""
    return obstacles_to(cohort, [mentor], [mentee])


def obstacles_to(
    cohort: Cohort, mentors: Sequence[Participant], mentees: Sequence[Participant], *, alongside: bool = False
) -> list[str]:
    """Why these people cannot be paired now, whatever the model, in words; empty when they can (conflicts apart).

    ``alongside`` the handbook's path nobody takes up a place, and what is there already is recorded whatever a gate asks for;
    there it counts whether they are together already.
    """
    found = []
    for person, side in [*((row, Side.MENTOR) for row in mentors), *((row, Side.MENTEE) for row in mentees)]:
        if person.cohort_id != cohort.pk or person.side != side:
            found.append(_("%(name)s is not a %(side)s of this cohort.") % {"name": person.name, "side": side.label})
        elif person.state not in READY:
            found.append(_("%(name)s has not been accepted into the cohort.") % {"name": person.name})
    if found:
        return found
    both = [one.name for one, other in product(mentors, mentees) if one.email.lower() == other.email.lower()]
    if both:
        return [_("Nobody mentors themselves: both are %(name)s.") % {"name": name} for name in both]
    if alongside:
        return already_together(mentors, mentees)
    people = [*mentors, *mentees]
    present = PairingMember.objects.filter(participant__in=people, left_at__isnull=True, is_alongside=False)
    taken = list(present.values_list("participant", flat=True))
    found += [_("%(name)s is in a running pair already.") % {"name": row.name} for row in mentees if row.pk in taken]
    for person in (*mentors, *mentees):
        person.cohort = cohort
        found += what_holds_back(person)
    return found + [
        _("%(name)s has as many pairs as they can take.") % {"name": row.name}
        for row in mentors
        if taken.count(row.pk) >= row.capacity
    ]


def check_conflicts(
    cohort: Cohort, mentors: Sequence[Participant], mentees: Sequence[Participant], acknowledged: Collection[str]
) -> None:
    """Look at every mentor with every mentee. Raises ``CannotPair`` and ``NeedsAcknowledging``."""
    watch, profiles = watch_of(cohort), {row.pk: profile_of(row) for row in (*mentors, *mentees)}
    forbidden: list[str] = []
    unseen: dict[str, str] = {}
    for mentor, mentee in product(mentors, mentees):
        told = "" if len(mentors) == len(mentees) == 1 else f"{names_in_a_row([mentee.name, mentor.name])}: "
        for rule in watch.broken(profiles[mentor.pk], profiles[mentee.pk]):
            if rule.effect == "forbid":
                forbidden.append(f"{told}{rule.text}")
            elif rule.key not in acknowledged:
                unseen[rule.key] = " ".join(filter(None, [unseen.get(rule.key), f"{told}{rule.text}"]))
    if forbidden:
        raise CannotPair(forbidden)
    if unseen:
        raise NeedsAcknowledging(unseen)


def _create(
    cohort: Cohort, model: PairingModel, people: Sequence[Participant], kit: Kit, actor: User | None, since: dt.datetime
) -> Pairing:
    pairing = Pairing.objects.create(cohort=cohort, model=model, confirmed_by=actor, started_at=since)
    for person in people:
        enter(pairing, person, since)
    minutes = kit.plan.meeting.default_minutes
    Schedule.objects.create(pairing=pairing, minutes=minutes, running_duties=kit.plan.organiser)
    planned = 0 if pairing.is_alongside else kit.plan.sessions
    Session.objects.bulk_create(
        Session(pairing=pairing, number=number, minutes=minutes) for number in range(1, planned + 1)
    )
    return pairing


def enter(pairing: Pairing, person: Participant, since: dt.datetime | None = None) -> PairingMember:
    """Make somebody a member, from now on or since an earlier instant. Raises ``CannotPair`` where the database knows of
    another pairing.
    """
    try:
        with transaction.atomic():
            return PairingMember.objects.create(
                pairing=pairing,
                participant=person,
                side=person.side,
                joined_at=since or clock.now(),
                is_alongside=pairing.is_alongside,
            )
    except IntegrityError as fault:
        raise CannotPair([_("%(name)s is in a running pair already.") % {"name": person.name}]) from fault


def _first_step(kit: Kit, side: str) -> str:
    """What the message says comes first: a letter of one's own (``mine``) or of the other (``theirs``), ``dates``, or nothing."""
    writers = taken_by(kit, OutputKind.INTRODUCTION)
    if writers:
        return "mine" if side in writers else "theirs"
    return "dates" if kit.plan.steps.schedule else ""


def welcome(pairing: Pairing, person: Person) -> None:
    """Tell somebody whom they are with from now on."""
    people = people_of(pairing)
    occasion, link = f"paired-{pairing.pk}", page_of("pairs:home")
    words: dict[str, Any] = {"side": person.side, "programme": pairing.cohort.programme.title}
    if pairing.is_pair:
        tell(
            "paired",
            person.member,
            about=pairing,
            occasion=occasion,
            link=link,
            by=people.partner_of(person).member,
            first="" if pairing.is_alongside else _first_step(kit_of(pairing.cohort.programme.handbook), person.side),
            **words,
        )
        return
    others = people.others(person)
    occasion = f"{occasion}-{person.member.pk}"
    tell("grouped", person.member, about=pairing, occasion=occasion, link=link, names=others.name, **words)
