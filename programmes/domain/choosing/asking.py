"""Asking a mentor: one at a time or a few, from the list or by address. Nothing goes out before the mentee sends it."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.accounts.models.user import normal_email
from mentoring.history.domain import record_event
from mentoring.work.domain import wake
from programmes.domain.choosing.standing import (
    CannotAsk,
    check_may_ask,
    check_rules,
    is_on_the_way,
    is_open_to_requests,
    running_requests,
    taken_by,
    why_not_yet,
)
from programmes.domain.choosing.states import NotYours, Step, WrongStep, transition
from programmes.domain.choosing.telling import stop_telling, tell, tell_asked
from programmes.domain.choosing.terms import asking_of, rules_to_declare
from programmes.domain.choosing.times import end_of_day, morning_after
from programmes.domain.enrolment import enrolment_context
from programmes.domain.invitations import invite_person
from programmes.domain.matching.criteria import declare_conflict
from programmes.domain.matching.warnings import DECLARED
from programmes.domain.people import PersonRefused, add_participant
from programmes.domain.roles import roles_for
from programmes.domain.states import Step as PersonStep
from programmes.domain.states import may as may_person
from programmes.enums import ParticipantState, RequestState, Side
from programmes.models import Conflict, MentorRequest, Participant
from programmes.models.choosing import OPEN
from templates_app.answers import first_answers
from templates_app.domain.kits import current_versions, worksheet_of
from templates_app.domain.responses import answers_of, start_response
from templates_app.models import Response

WORK = "choosing"


def hold(request: MentorRequest) -> MentorRequest:
    """The request as it is now, to be changed by nobody else until the transaction ends.

    The two people first, and in one order: who makes a pair of them holds them too, and then ends what else they have open.
    """
    two = Participant.objects.select_for_update().filter(pk__in=[request.mentee_id, request.mentor_id])
    list(two.order_by("pk").values_list("pk"))
    return read(request, MentorRequest.objects.select_for_update(of=("self",)))


def read(request: MentorRequest, rows: QuerySet[MentorRequest] | None = None) -> MentorRequest:
    """The request as it is now, with everything that is told of it at hand."""
    rows = MentorRequest.objects.all() if rows is None else rows
    rows = rows.select_related(
        "cohort__programme__handbook", "mentee__membership__user", "mentor__membership__user", "mentor__enrolment"
    )
    found = rows.get(pk=request.pk)
    found.mentee.cohort = found.mentor.cohort = found.cohort
    return found


@transaction.atomic
def begin_request(*, mentee: Participant, mentor: Participant, actor: User) -> MentorRequest:
    """Begin to ask a mentor, or go on with what was begun. Nobody hears of it before it is sent.

    Raises ``NotYours`` for anybody but the mentee, and ``CannotAsk`` where mentees do not choose or have begun too many.
    """
    terms = asking_of(mentee.cohort)
    if mentee.pk not in roles_for(actor).participants or mentee.side != Side.MENTEE:
        raise NotYours
    if terms is None or mentor.cohort_id != mentee.cohort_id or mentor.side != Side.MENTOR:
        raise CannotAsk([_("In this programme the coordinators make the pairs.")])
    begun = MentorRequest.objects.filter(mentee=mentee, state__in=OPEN)
    if found := begun.filter(mentor=mentor).first():
        return found
    if begun.filter(state=RequestState.DRAFT).count() >= terms.shortlist:
        raise CannotAsk([_("You have begun many requests. Finish one, or take one back.")])
    try:
        with transaction.atomic():
            response = _begin_sheet(mentee, terms.worksheet, terms.carries, actor)
            return MentorRequest.objects.create(cohort=mentee.cohort, mentee=mentee, mentor=mentor, response=response)
    except IntegrityError:  # another window was faster
        return begun.get(mentor=mentor)


def _begin_sheet(mentee: Participant, key: str | None, carries: Iterable[str], actor: User) -> Response | None:
    """What the mentee will write to the mentor, beginning with what they said of it when they joined."""
    version = current_versions(mentee.cohort.programme.handbook).get(key or "")
    if version is None:
        return None
    sheet = worksheet_of(version)
    said: dict[str, Any] = answers_of(mentee.enrolment) if mentee.enrolment is not None else {}
    known = {field.key for field in sheet.fields()}
    brought = {name: said[name] for name in carries if name in said and name in known}
    answers = first_answers(sheet, enrolment_context(mentee, actor)) | brought
    return start_response(version=version, author=actor, answers=answers)


@transaction.atomic
def name_mentor(
    *, mentee: Participant, email: str, given_name: str, family_name: str, known_how: str, actor: User
) -> MentorRequest:
    """Begin to ask somebody by their address who need not be on the list. They are invited once the request is sent.

    Raises ``CannotAsk``: not a word says whether somebody else here has that address.
    """
    terms = asking_of(mentee.cohort)
    if terms is None or not terms.off_list:
        raise CannotAsk([_("In this programme mentors are asked from the list.")])
    if reasons := why_not_yet(mentee):
        raise CannotAsk(reasons)
    if len(running_requests(mentee)) >= terms.at_once:
        raise CannotAsk([_("You have asked as many mentors as you can at a time.")])
    request = begin_request(
        mentee=mentee, mentor=_person_named(mentee, email, given_name, family_name, actor), actor=actor
    )
    request.known_how = known_how
    request.save(update_fields=["known_how"])
    return request


def _person_named(mentee: Participant, email: str, given_name: str, family_name: str, actor: User) -> Participant:
    address = normal_email(email)
    refused = CannotAsk([_("This person cannot be asked here. A coordinator can help you.")])
    rows = Participant.objects.filter(cohort=mentee.cohort, side=Side.MENTOR, email__iexact=address)
    found = rows.select_related("enrolment").first()
    if address == mentee.email.lower():
        raise refused
    if found is not None:
        found.cohort = mentee.cohort
        if not (is_on_the_way(found) or is_open_to_requests(found, taken_by(found))):
            raise refused
        return found
    try:
        facts = {"given_name": given_name, "family_name": family_name, "zone": mentee.cohort.zone}
        return add_participant(cohort=mentee.cohort, side=Side.MENTOR, email=address, facts=facts, actor=actor)
    except PersonRefused as error:
        raise refused from error


def send_request(
    *, request: MentorRequest, actor: User, declared: Collection[str] = (), seen: Collection[str] = ()
) -> MentorRequest:
    """Send a request. ``declared``: keys of rules that the mentee says hold between the two; ``seen``: of warnings they saw.

    What is declared stays noted, also where it forbids the request. Somebody who has not joined is invited first, and asked
    once their sheet is sent. Raises ``CannotAsk``, ``MustBeSeen``, ``NotYours`` and ``WrongStep``.
    """
    if request.mentee_id not in roles_for(actor).participants:
        raise NotYours
    _declare(request, declared, actor)
    return _send(request, actor, seen)


@transaction.atomic
def _declare(request: MentorRequest, declared: Collection[str], actor: User) -> None:
    """Note what the mentee says of the two; it stands like what a coordinator notes, and a coordinator may take it back."""
    if request.state != RequestState.DRAFT:
        return
    between: dict[str, Any] = {"cohort": request.cohort, "mentor": request.mentor, "mentee": request.mentee}
    for rule in rules_to_declare(request.cohort):
        kind = DECLARED[rule.kind]
        if rule.key in declared and not Conflict.objects.filter(kind=kind, **between).exists():
            declare_conflict(kind=kind, note="", actor=actor, **between)


@transaction.atomic
def _send(request: MentorRequest, actor: User, seen: Collection[str]) -> MentorRequest:
    held = hold(request)  # and the mentee: of two windows at once the second finds the first one's request
    if held.state != RequestState.DRAFT:
        raise WrongStep
    check_may_ask(held)
    check_rules(held.cohort, held.mentor, held.mentee, seen)
    if is_on_the_way(held.mentor):
        _invite(held, actor)
    else:
        ask(held, Step.SEND, who="mentee")
    record_event("request.sent", held, actor=None, within=held.cohort)
    return held


def _invite(request: MentorRequest, actor: User) -> None:
    mentor, now = request.mentor, clock.now()
    has_link = mentor.invitations.filter(used_at=None, revoked_at=None, expires_at__gt=now).exists()
    if may_person(PersonStep.INVITE, mentor) and not has_link:
        invite_person(person=mentor, actor=actor)
    until = end_of_day(now, _days(request), mentor.zone)
    transition(request, Step.INVITE, who="mentee", answer_by=until, look_at=until)
    wake(WORK, at=until)


def ask(request: MentorRequest, step: Step, *, who: str) -> None:
    """Put a request before the mentor, with as many days to answer as the handbook gives, and one reminder on the way."""
    now, days, zone = clock.now(), _days(request), request.mentor.zone
    until = end_of_day(now, days, zone)
    look = morning_after(now, (days + 1) // 2, zone) if days > 1 else until
    transition(request, step, who=who, asked_at=now, answer_by=until, look_at=min(look, until), reminded_at=None)
    wake(WORK, at=min(look, until))
    tell_asked(request)


def _days(request: MentorRequest) -> int:
    terms = asking_of(request.cohort)
    return terms.days if terms else 14


@transaction.atomic
def withdraw_request(*, request: MentorRequest, actor: User) -> None:
    """Take a request back that nobody has answered. Raises ``NotYours`` and ``WrongStep``."""
    held = hold(request)
    if held.mentee_id not in roles_for(actor).participants:
        raise NotYours
    was_asked = held.state == RequestState.ASKED
    transition(held, Step.WITHDRAW, who="mentee")
    stop_telling(held)
    record_event("request.ended", held, actor=None, within=held.cohort)
    if was_asked:
        tell(held, "withdrawn", Side.MENTOR)


def follow_arrival(mentor: Participant) -> None:
    """Put requests before somebody who has joined and sent their sheet: those that waited for this."""
    if mentor.side != Side.MENTOR or mentor.state != ParticipantState.JOINED:
        return
    for row in MentorRequest.objects.filter(mentor=mentor, state=RequestState.INVITED):
        ask(hold(row), Step.ARRIVE, who="system")
