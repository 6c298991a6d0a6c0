"""What a participant brings to the coordinators in private, until it is closed (``plp.sys.07``, ``plp.sys.102``).

Between them and the coordinators alone: no partner, no lead, no admin. A coordinator who is or was the mentoring partner of
who raised it is a partner here: it neither reaches them nor can they read it. Messages about it say that there is something, and
nothing of it.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.shortcuts import get_object_or_404

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.notices.domain.outbox import notify
from programmes.domain.coordinators import coordinators_of
from programmes.domain.links import link
from programmes.domain.partners import partners_of
from programmes.domain.roles import roles_for
from programmes.enums import IssueKind
from programmes.models import Cohort, Issue, IssueNote, Participant


class IssueClosed(Exception):
    """A closed issue is opened again before anybody writes in it."""


class NobodyToRead(Exception):
    """Whoever coordinates the programme is a mentoring partner of who raises it, or not there yet: it would reach nobody."""


# --- Who sees which --------------------------------------------------------------------------------------------------


def issues_for(user: User) -> QuerySet[Issue]:
    """The issues somebody sees: their own, and those of the programmes they coordinate, but none of a mentoring partner's.

    Open ones first, newest first. Who takes part in nothing has no mentoring partner: for them nobody is looked up.
    """
    roles = roles_for(user)
    brought = Q(participant__cohort__programme__in=roles.coordinated)
    if roles.coordinated and roles.participants:
        brought &= ~Q(participant__membership__user__in=partners_of(user))
    issues = Issue.objects.select_related("participant__cohort__programme", "participant__membership__user")
    seen = issues.filter(Q(participant__in=roles.participants) | brought)
    return seen.order_by(F("closed_at").asc(nulls_first=True), "-created_at")


def own_issues(user: User) -> QuerySet[Issue]:
    """What somebody raised themselves."""
    return issues_for(user).filter(participant__in=roles_for(user).participants)


def issues_of_cohort(user: User, cohort: Cohort) -> QuerySet[Issue]:
    """The issues of a cohort, for its coordinators; nothing for anybody else."""
    if not roles_for(user).coordinates(cohort.programme_id):
        return Issue.objects.none()
    return issues_for(user).filter(participant__cohort=cohort)


def get_issue_for(user: User, issue_id: UUID) -> Issue:
    """One of the issues they see, or the one 404."""
    return get_object_or_404(issues_for(user), pk=issue_id)


def receivers_of(person: Participant) -> list[User]:
    """The coordinators whom an issue of this person reaches: not themselves, and no mentoring partner of theirs."""
    user = person.membership.user if person.membership else None
    kept_from = partners_of(user) | {user.pk} if user else frozenset()
    return [row for row in coordinators_of(person.cohort.programme) if row.pk not in kept_from]


def partners_among_coordinators(person: Participant) -> list[User]:
    """The coordinators from whom an issue of this person is kept because they are or were its mentoring partner."""
    partners = partners_of(person.membership.user) if person.membership else frozenset()
    return [row for row in coordinators_of(person.cohort.programme) if row.pk in partners]


# --- What can be done ------------------------------------------------------------------------------------------------


@transaction.atomic
def raise_issue(*, person: Participant, kind: str, text: str, actor: User) -> Issue:
    """Bring something to the coordinators. They are told that there is something, not what.

    Raises ``NobodyToRead`` where it would reach none of them.
    """
    if not receivers_of(person):
        raise NobodyToRead
    issue = Issue.objects.create(participant=person, kind=IssueKind(kind), text=text)
    record_event("issue.raised", issue, actor=None)
    _tell_coordinators("programmes.issue_raised", issue, str(issue.pk), actor)
    return issue


@transaction.atomic
def answer_issue(*, issue: Issue, text: str, actor: User) -> IssueNote:
    """Write within an issue, from either side; the other side is told. Raises ``IssueClosed``."""
    if not Issue.objects.filter(pk=issue.pk, closed_at=None).exists():
        raise IssueClosed
    note = IssueNote.objects.create(issue=issue, author=actor, text=text)
    record_event("issue.answered", issue, actor=None)
    if _is_own(issue, actor):
        _tell_coordinators("programmes.issue_answered", issue, str(note.pk), actor)
    else:
        _tell_person("programmes.issue_answered", issue, str(note.pk))
    return note


@transaction.atomic
def close_issue(*, issue: Issue, actor: User) -> bool:
    """Close an issue and tell who raised it. False when it was closed already."""
    now = clock.now()
    if not Issue.objects.filter(pk=issue.pk, closed_at=None).update(closed_at=now, closed_by=actor):
        return False
    issue.closed_at, issue.closed_by = now, actor
    record_event("issue.closed", issue, actor=None)
    _tell_person("programmes.issue_closed", issue, f"{issue.pk}:{now.isoformat()}")
    return True


@transaction.atomic
def reopen_issue(*, issue: Issue, actor: User) -> bool:
    """Open a closed issue again, by either side. False when it is open already."""
    if not Issue.objects.filter(pk=issue.pk, closed_at__isnull=False).update(closed_at=None, closed_by=None):
        return False
    issue.closed_at, issue.closed_by = None, None
    record_event("issue.reopened", issue, actor=None)
    if _is_own(issue, actor):
        _tell_coordinators("programmes.issue_raised", issue, f"{issue.pk}:{clock.now().isoformat()}", actor)
    return True


def _is_own(issue: Issue, actor: User) -> bool:
    return issue.participant_id in roles_for(actor).participants


def _tell_coordinators(kind: str, issue: Issue, occasion: str, actor: User) -> None:
    programme = issue.participant.cohort.programme
    context = {"programme": programme.title, "action_url": link("programmes:issue", issue.pk), "to": "coordinator"}
    for coordinator in receivers_of(issue.participant):
        if coordinator != actor:
            notify(kind, coordinator, about=issue, occasion=occasion, context=context)


def _tell_person(kind: str, issue: Issue, occasion: str) -> None:
    membership = issue.participant.membership
    if membership is None:
        return
    programme = issue.participant.cohort.programme
    context = {"programme": programme.title, "action_url": link("programmes:issue", issue.pk), "to": "participant"}
    notify(kind, membership.user, about=issue, occasion=occasion, context=context)
