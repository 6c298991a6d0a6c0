"""What a person may see of requests. The two who are concerned see theirs; coordinators see that they run."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from mentoring.accounts.models import User
from programmes.domain.queries import get_cohort_for, own_participations
from programmes.domain.roles import roles_for
from programmes.enums import RequestState
from programmes.models import Cohort, MentorRequest, Participant, Shortlisted
from programmes.models.choosing import OPEN

UNSEEN = (RequestState.DRAFT, RequestState.INVITED)
"""What a mentor does not know of yet."""


def _whole() -> QuerySet[MentorRequest]:
    return MentorRequest.objects.select_related(
        "cohort__programme__handbook",
        "mentee__cohort__programme__handbook",
        "mentee__partner",
        "mentor__partner",
        "mentor__enrolment",
        "response__version__template",
    )


def get_request_for(user: User, request_id: UUID) -> MentorRequest:
    """A request of one's own: as the mentee always, as the mentor once one was asked. Raises ``Http404``."""
    own = [place.pk for place in own_participations(user)]
    asked = Q(mentor__in=own, asked_at__isnull=False)
    return get_object_or_404(_whole().filter(Q(mentee__in=own) | asked), pk=request_id)


def may_read_sheet(request: MentorRequest, user: User) -> bool:
    """Whether this person reads what the mentee wrote: the mentee always, the mentor while something may come of it."""
    places = roles_for(user).participants
    if request.mentee_id in places:
        return True
    knows = request.asked_at is not None and (request.is_open or request.state == RequestState.PAIRED)
    return request.mentor_id in places and knows


def requests_by(mentee: Participant) -> list[MentorRequest]:
    """What a mentee has asked, the newest first. One query."""
    rows = MentorRequest.objects.filter(mentee=mentee).select_related("mentor")
    return list(rows.order_by("-created_at"))


def requests_to(mentor: Participant) -> list[MentorRequest]:
    """What a mentor was asked, in the order of arrival. One query."""
    rows = MentorRequest.objects.filter(mentor=mentor, asked_at__isnull=False).select_related("mentee__partner")
    return list(rows.order_by("asked_at", "pk"))


def shortlist_of(mentee: Participant) -> list[Participant]:
    """The mentors whom a mentee keeps in mind, in the order in which they came to it. One query."""
    rows = Shortlisted.objects.filter(mentee=mentee).select_related("mentor__partner", "mentor__enrolment")
    return [row.mentor for row in rows]


@dataclass(frozen=True)
class Running:
    """How a cohort's requests stand, as its coordinators see it: names and states, and no word of anybody's."""

    open: list[MentorRequest]
    paired: int
    ended: int
    """Those that ended without a pair. Why, and by whom, is told nowhere."""


def get_choosing_cohort_for(user: User, programme: str, cohort: str) -> Cohort:
    """A cohort whose requests this person looks after. Raises ``Http404`` for everybody but its coordinators."""
    found = get_cohort_for(user, programme, cohort)
    if not roles_for(user).coordinates(found.programme_id):
        raise Http404
    return found


def running_in(cohort: Cohort) -> Running:
    """The requests of a cohort, for its coordinators. What is only begun is still the mentee's own. Two queries."""
    rows = MentorRequest.objects.filter(cohort=cohort)
    sent = [state for state in OPEN if state != RequestState.DRAFT]
    open_rows = (
        rows.filter(state__in=sent)
        .select_related("mentee", "mentor", "cohort__programme__handbook")
        .order_by("asked_at", "created_at")
    )
    states = list(rows.filter(ended_at__isnull=False).values_list("state", "answer_by"))
    return Running(
        open=list(open_rows),
        paired=sum(state == RequestState.PAIRED for state, _until in states),
        ended=sum(state != RequestState.PAIRED and until is not None for state, until in states),
    )


def get_agreed_request(cohort: Cohort, request_id: UUID) -> MentorRequest:
    """A request that a coordinator of the cohort may confirm. Raises ``Http404``."""
    return get_object_or_404(_whole().filter(cohort=cohort, state=RequestState.AGREED), pk=request_id)
