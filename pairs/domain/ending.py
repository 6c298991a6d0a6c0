"""Ending a pairing: completed at its end, or early by either, kindly and without a reason (``plp.coc.7``, ``plp.sys.99``).

An early ending names nobody: neither the notice nor the timeline nor any page tells which of the two asked for it, and no
reason is asked for or kept.
"""

from django.conf import settings
from django.db import transaction
from django.db.models import F

from mentoring.accounts.models import User
from mentoring.clock import now
from mentoring.history.domain import record_event
from pairs.domain.achievements import recognise_completion
from pairs.domain.cancelling import cancel_future
from pairs.domain.ending_sheets import offered_at_early_end
from pairs.domain.introducing.making import drop_introductions
from pairs.domain.pairing_states import NotYours, Step, transition
from pairs.domain.people import NotAMember, People, Person, member_of, people_of
from pairs.domain.planning import replan
from pairs.domain.telling import page_of, tell, tell_user
from pairs.domain.telling_leads import tell_leads
from pairs.models import ContactIntroduction, Ending, Pairing, PairingMember
from programmes.domain.choosing.terms import asking_of
from programmes.domain.coordinators import coordinators_of
from programmes.domain.roles import roles_for
from programmes.domain.volunteering import page_for_finished
from programmes.enums import Side
from templates_app.domain.kits import kit_of
from templates_app.shapes import Closing


def part_of(pairing: Pairing, actor: User) -> str:
    """What the actor is to the pairing: ``mentor``, ``mentee`` or ``coordinator``. Raises ``NotYours``.

    Whoever was there until it ended still is what they were: a second ending is refused because there has been one.
    """
    try:
        return member_of(pairing, actor).side
    except NotAMember:
        if roles_for(actor).coordinates(pairing.cohort.programme_id):
            return "coordinator"
        until_the_end = PairingMember.objects.filter(pairing=pairing, left_at__gte=F("pairing__ended_at"))
        place = until_the_end.filter(participant__membership__user=actor).first()
        if place is None:
            raise NotYours from None
        return place.side


def closing_of(pairing: Pairing) -> Closing:
    """What the pairing's handbook says about its end."""
    return kit_of(pairing.cohort.programme.handbook).plan.closing


@transaction.atomic
def complete_pairing(*, pairing: Pairing, actor: User) -> Ending:
    """Close a pairing that has run its course. Raises ``WrongState``; ``NotYours``, also where its handbook leaves it to
    those in it to say so together (``completing``).
    """
    if closing_of(pairing).together and pairing.is_active:
        raise NotYours
    return _end(pairing, actor, Step.COMPLETE)


@transaction.atomic
def complete_by_all(*, pairing: Pairing, actor: User) -> Ending:
    """Close a pairing of which everybody has said that it is complete; ``actor`` said so last. Raises as above."""
    return _end(pairing, actor, Step.AGREE)


@transaction.atomic
def dissolve_pairing(*, pairing: Pairing, actor: User) -> Ending:
    """End a pairing early. Both people are free to be paired again at once; what was written stays where it is.

    Future sessions are cancelled in both calendars, nothing more is reminded, and a short closing sheet is offered.
    Raises ``WrongState`` when it has ended already, ``NotYours``.
    """
    return _end(pairing, actor, Step.DISSOLVE)


def _end(pairing: Pairing, actor: User, step: Step) -> Ending:
    who, early = part_of(pairing, actor), step is Step.DISSOLVE
    moment = now()
    people = people_of(pairing)
    transition(pairing, step, who=who, ended_at=moment)
    ending = Ending.objects.create(pairing=pairing, early=early, at=moment)
    cancel_future(pairing=pairing, moment=moment)
    drop_introductions(ContactIntroduction.objects.filter(pairing=pairing))
    PairingMember.objects.filter(pairing=pairing, left_at__isnull=True).update(left_at=moment)
    replan(pairing)
    # The actor is left out on purpose: who ended it early is nobody's business.
    record_event("pairing.dissolved" if early else "pairing.completed", pairing, actor=None if early else actor)
    if not early:
        recognise_completion(pairing, people)
    _tell_everybody(pairing, people, early=early)
    return ending


def _tell_everybody(pairing: Pairing, people: People, *, early: bool) -> None:
    kind = "pairing_ended_early" if early else "pairing_completed"
    link = page_of("pairs:home")
    by_choice = asking_of(pairing.cohort) is not None
    offered = offered_at_early_end(pairing) if early else set()
    for person in people.present:
        partner, searches = people.others(person).name, by_choice and person.side == Side.MENTEE
        tell(
            kind,
            person.member,
            about=pairing,
            occasion="ended",
            link=link,
            partner=partner,
            searches=searches,
            is_offered_a_sheet=person.side in offered,
            volunteer_url="" if early else _to_volunteer(person),
        )
    tell_leads(pairing, people.present)
    page, names = page_of("pairs:pairing", pairing.pk), people.label
    for coordinator in coordinators_of(pairing.cohort.programme):
        tell_user(f"{kind}_coordinator", coordinator, about=pairing, occasion="ended", link=page, names=names)


def _to_volunteer(person: Person) -> str:
    """Where who has completed it as a mentee may become a mentor in turn (``cal.sys.85``); empty where nobody volunteers."""
    page = page_for_finished(person.participant)
    return settings.SITE_URL + page if page else ""
