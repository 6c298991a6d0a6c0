"""What a person may see of programmes. Views, exports, choice fields and messages fetch only through here.

``get_…`` functions raise ``Http404`` for what is absent and for what is not theirs to see: the two look the same.
"""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from mentoring.accounts.models import User
from mentoring.organisations.domain.members import by_name
from programmes.domain.roles import roles_for
from programmes.enums import ParticipantState
from programmes.models import Assignment, Cohort, Participant, Programme
from templates_app.domain.kits import without_content


def programmes_for(user: User) -> QuerySet[Programme]:
    """The programmes that somebody runs, leads people in, steers, or (as an admin) looks after.

    Taking part in one opens none of its pages here: participants have pages of their own.
    """
    roles = roles_for(user)
    programmes = without_content(Programme.objects.select_related("handbook"), "handbook")
    if roles.is_admin:
        return programmes
    return programmes.filter(pk__in={*roles.coordinated, *roles.steered, *roles.led})


def get_programme_for(user: User, slug: str) -> Programme:
    """One of those programmes, with its handbook."""
    return get_object_or_404(programmes_for(user), slug=slug)


def cohorts_for(user: User) -> QuerySet[Cohort]:
    """The cohorts of the programmes they see, each with its programme and handbook."""
    rows = Cohort.objects.filter(programme__in=programmes_for(user)).select_related("programme__handbook")
    return without_content(rows, "programme__handbook")


def get_cohort_for(user: User, programme_slug: str, cohort_slug: str) -> Cohort:
    """One of those cohorts."""
    return get_object_or_404(cohorts_for(user), programme__slug=programme_slug, slug=cohort_slug)


def participants_for(user: User, cohort: Cohort) -> QuerySet[Participant]:
    """The people of a cohort that somebody sees: all for coordinators and admins, a partner's own for its lead."""
    return Participant.objects.filter(_seen_by(user), cohort=cohort).select_related("partner")


def get_participant_for(user: User, participant_id: UUID) -> Participant:
    """Somebody's place in a cohort, for who may see that person. Their own pages use ``get_own_participation``."""
    return get_object_or_404(_people_seen_by(user), pk=participant_id)


def get_participant_of(user: User, programme_slug: str, cohort_slug: str, participant_id: UUID) -> Participant:
    """The same, found only under the programme and the cohort that the person is in."""
    within = {"cohort__slug": cohort_slug, "cohort__programme__slug": programme_slug}
    return get_object_or_404(_people_seen_by(user), pk=participant_id, **within)


def _people_seen_by(user: User) -> QuerySet[Participant]:
    whole = Participant.objects.select_related(
        "cohort__programme__handbook", "partner", "membership__user", "enrolment"
    )
    return whole.filter(_seen_by(user))


def _seen_by(user: User) -> Q:
    roles = roles_for(user)
    if roles.is_admin:
        return Q()
    seen = Q(cohort__programme__in=roles.coordinated)
    for programme, partners in roles.led.items():
        seen |= Q(cohort__programme=programme, partner__in=partners)
    return seen


def countable_by(user: User) -> Q:
    """Whom a person may count: whom they see, and for a steering group everybody of its programmes, without names."""
    return _seen_by(user) | Q(cohort__programme__in=roles_for(user).steered)


# --- What a participant has ------------------------------------------------------------------------------------------


def own_participations(user: User) -> QuerySet[Participant]:
    """A person's own places in cohorts, newest first; not those from which they withdrew."""
    own = Participant.objects.filter(pk__in=roles_for(user).participants, state=ParticipantState.JOINED)
    own = own.select_related("cohort__programme__handbook", "partner", "enrolment__version__template")
    return without_content(own, "cohort__programme__handbook").order_by("-cohort__starts_on", "pk")


def get_own_participation(user: User, participant_id: UUID) -> Participant:
    """One of those places."""
    return get_object_or_404(own_participations(user), pk=participant_id)


def get_participant_or_own(user: User, participant_id: UUID) -> Participant:
    """Somebody's place in a cohort: one's own, or of a person one sees."""
    own = own_participations(user).filter(pk=participant_id).first()
    return own if own is not None else get_participant_for(user, participant_id)


def readable_programmes_for(user: User) -> QuerySet[Programme]:
    """Programmes whose handbook somebody may read: those they take part in, and those they see."""
    own = {person.cohort.programme_id for person in own_participations(user)}
    rows = Programme.objects.filter(Q(pk__in=own) | Q(pk__in=programmes_for(user).values("pk")))
    return without_content(rows.select_related("handbook"), "handbook")


def get_readable_programme_for(user: User, slug: str) -> Programme:
    """One of those programmes."""
    return get_object_or_404(readable_programmes_for(user), slug=slug)


# --- Who runs a programme --------------------------------------------------------------------------------------------


def team_of(programme: Programme) -> QuerySet[Assignment]:
    """Everybody with a role in a programme, coordinators first."""
    return (
        Assignment.objects.filter(programme=programme, membership__is_active=True)
        .select_related("membership__user", "partner", "programme")
        .order_by("role", *by_name("membership__"))
    )


def get_assignment_of(programme: Programme, assignment_id: UUID) -> Assignment:
    """A role in this programme."""
    return get_object_or_404(team_of(programme), pk=assignment_id)


def or_404(found: Any) -> Any:
    """``found``, or the one 404."""
    if found is None:
        raise Http404
    return found
