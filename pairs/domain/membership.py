"""Joining and leaving a running pairing of several: what was written stays, and nobody is blamed (``sssc.model.group``).

Who joins owes what comes from now on and not what is long past; who leaves owes nothing more. When the last of a side
leaves, the pairing ends as an early ending does.
"""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from pairs.domain.agreement import void_offer
from pairs.domain.ending import dissolve_pairing, part_of
from pairs.domain.introducing.making import drop_introductions
from pairs.domain.inviting import call_off_for, send_standing_to
from pairs.domain.joining import drop_outputs_of, plan_joiner
from pairs.domain.limits import full
from pairs.domain.pairing import (
    CannotPair,
    NotTheCoordinator,
    check_conflicts,
    enter,
    held,
    obstacles_to,
    welcome,
)
from pairs.domain.pairing_states import WrongState
from pairs.domain.people import NotAMember, People, Person, member_of, people_of
from pairs.domain.planning import replan
from pairs.domain.sessions import cancel_alone
from pairs.domain.signed_sheets.signing import release_signer
from pairs.domain.telling import page_of, tell, tell_user
from pairs.models import ContactIntroduction, Pairing, PairingMember
from programmes.domain.coordinators import coordinators_of
from programmes.domain.roles import roles_for
from programmes.enums import Side
from programmes.models import Participant
from templates_app.domain.kits import kit_of


@transaction.atomic
def add_member(
    *, pairing: Pairing, participant: Participant, actor: User, acknowledged: Collection[str] = ()
) -> PairingMember:
    """Take somebody into a running pairing: they owe what comes from now on, and get the calendar entries to come.

    The same obstacles and conflict rules as for a new pairing, and the model's limit on their side. Raises
    ``NotTheCoordinator``, ``CannotPair``, ``NeedsAcknowledging``, ``WrongState`` for a pairing that has ended.
    """
    cohort = pairing.cohort
    if not roles_for(actor).coordinates(cohort.programme_id):
        raise NotTheCoordinator
    _hold(pairing)
    participant = held([participant])[0][0]
    present = people_of(pairing).present
    mentors, mentees = _sides(present, participant)
    _check_room(pairing, present, participant)
    new = [participant]
    is_mentor = participant.side == Side.MENTOR
    alongside = pairing.is_alongside
    if reasons := obstacles_to(cohort, new if is_mentor else [], [] if is_mentor else new, alongside=alongside):
        raise CannotPair(reasons)
    check_conflicts(cohort, new if is_mentor else mentors, mentees if is_mentor else new, acknowledged)
    member = enter(pairing, participant)
    plan_joiner(pairing, member)
    resign = void_offer(pairing, actor=actor)
    people = _afresh(pairing)
    person = people.member(member.pk)
    assert person is not None
    send_standing_to(pairing, people, person)
    record_event("member.joined", pairing, actor=actor, name=participant.name, acknowledged=sorted(acknowledged))
    welcome(pairing, person)
    _tell_others(pairing, people, person, "member_joined", resign=resign)
    return member


def _sides(present: Collection[Person], participant: Participant) -> tuple[list[Participant], list[Participant]]:
    people = [person.participant for person in present]
    if any(row.pk == participant.pk for row in people):
        raise CannotPair([_("%(name)s is in this group already.") % {"name": participant.name}])
    return [row for row in people if row.side == Side.MENTOR], [row for row in people if row.side == Side.MENTEE]


def _check_room(pairing: Pairing, present: Collection[Person], participant: Participant) -> None:
    """The model's limit; a model that the handbook has given up meanwhile takes nobody more."""
    model = kit_of(pairing.cohort.programme.handbook).plan.model(pairing.model)
    count = sum(person.side == participant.side for person in present)
    if model is None or full(model, participant.side, count) or (model.is_of_one_side and not count):
        raise CannotPair(
            [_("There is no more room in this group for a %(side)s.") % {"side": Side(participant.side).label}]
        )


@transaction.atomic
def remove_member(*, pairing: Pairing, participant: Participant, actor: User) -> None:
    """Take somebody out of a running pairing, for a coordinator. Raises as ``leave_pairing``, and ``NotTheCoordinator``."""
    if not roles_for(actor).coordinates(pairing.cohort.programme_id):
        raise NotTheCoordinator
    _leave(pairing, participant, actor, told=False)


@transaction.atomic
def leave_pairing(*, pairing: Pairing, actor: User) -> None:
    """Leave a running pairing oneself; nobody asks why. The last of a side ends it.

    Raises ``NotAMember`` for anybody else, ``WrongState`` when it has ended.
    """
    _leave(pairing, member_of(pairing, actor).participant, actor, told=True)


def ends_with(people: People, person: Person) -> bool:
    """Whether the pairing ends when this person leaves: nobody else is on their side."""
    return not any(other.side == person.side for other in people.present if other is not person)


def may_leave_alone(pairing: Pairing, user: User) -> bool:
    """Whether the others go on when this person ends their part."""
    people = people_of(pairing)
    person = people.of(user)
    return person is not None and person in people.present and not ends_with(people, person)


def _leave(pairing: Pairing, participant: Participant, actor: User, *, told: bool) -> None:
    _hold(pairing)
    people = people_of(pairing)
    person = next((one for one in people.present if one.participant.pk == participant.pk), None)
    if person is None:
        raise NotAMember
    if ends_with(people, person):
        part_of(pairing, actor)
        dissolve_pairing(pairing=pairing, actor=actor)
        return
    now = clock.now()
    cancel_alone(pairing, participant)
    call_off_for(pairing, people, person)
    PairingMember.objects.filter(pk=person.member.pk, left_at=None).update(left_at=now)
    drop_outputs_of(person.member, now)
    drop_introductions(ContactIntroduction.objects.filter(Q(mentor=person.member) | Q(mentee=person.member)))
    resign = void_offer(pairing, actor=actor)
    people = _afresh(pairing)
    release_signer(pairing=pairing, member=person.member)
    replan(pairing)
    # Who asked for it is nobody's business.
    record_event("member.left", pairing, actor=None, name=participant.name)
    left = people.member(person.member.pk)
    assert left is not None
    occasion = f"left-{person.member.pk}"
    names = people.others(left).name
    tell("member_left_self", left.member, about=pairing, occasion=occasion, link=page_of("pairs:home"), names=names)
    _tell_others(pairing, people, left, "member_left", resign=resign)
    if told:
        _tell_coordinators(pairing, left)


def _tell_others(pairing: Pairing, people: People, person: Person, kind: str, *, resign: bool) -> None:
    """One message to each of the others; ``resign``: the agreement that was waiting for signatures is to be signed anew."""
    occasion = f"{kind}-{person.member.pk}"
    for other in people.present:
        if other is not person:
            tell(kind, other.member, about=pairing, occasion=occasion, link=page_of("pairs:home"), name=person.name,
                 short=person.short_name, resign=resign)  # fmt: skip


def _tell_coordinators(pairing: Pairing, person: Person) -> None:
    link, occasion = page_of("pairs:pairing", pairing.pk), f"left-{person.member.pk}"
    for user in coordinators_of(pairing.cohort.programme):
        tell_user("member_left_coordinator", user, about=pairing, occasion=occasion, link=link, name=person.name)


def _hold(pairing: Pairing) -> None:
    """One change of members at a time, of a pairing that is running. Raises ``WrongState``."""
    fresh = Pairing.objects.select_for_update(no_key=True).get(pk=pairing.pk)
    if not fresh.is_active:
        raise WrongState
    _afresh(pairing)


def _afresh(pairing: Pairing) -> People:
    """The people as the database has them now, whatever was read before."""
    getattr(pairing, "_prefetched_objects_cache", {}).pop("members", None)
    return people_of(pairing)
