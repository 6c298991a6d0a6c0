"""Members of the organisation put themselves forward as mentors: no invitation, no waiting, the joining sheet at once.

They stand in the list of mentors only when that sheet is sent, with everything it asks them to confirm (``cal.sys.02``).
"""

from collections.abc import Iterator

from django.db import IntegrityError, transaction
from django.db.models.functions import Lower
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from mentoring import clock
from mentoring.accounts.domain.people import addresses_of
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.notices.domain.outbox import notify
from mentoring.tenancy.belonging import active_membership
from mentoring.tenancy.models import Membership
from mentoring.tenancy.scope import current_tenant
from programmes.domain.coordinators import coordinators_of
from programmes.domain.enrolment import give_enrolment_to, start_enrolments
from programmes.domain.invitations import revoke_invitations
from programmes.domain.links import link, path_to
from programmes.domain.people import PersonRefused
from programmes.domain.roles import forget_roles
from programmes.domain.states import Step, WrongStep, may, take_step
from programmes.domain.stepping_out import left_by_themselves
from programmes.enums import CohortState, ParticipantState, Side
from programmes.models import Cohort, Participant, Programme
from templates_app.domain.kits import kit_of
from templates_app.shapes.people import Volunteering


class VolunteerRefused(ValueError):
    """They cannot volunteer here; the message says why, and what to do."""


def volunteering_of(programme: Programme) -> Volunteering | None:
    """How people volunteer as mentors; ``None`` where nobody does."""
    return kit_of(programme.handbook).joining.volunteering


def get_programme_to_volunteer_in(slug: str) -> Programme:
    """A programme of the open organisation whose mentors volunteer. Raises ``Http404``.

    For every member: whoever belongs to the organisation may read what mentors do there, and volunteer.
    """
    programme = get_object_or_404(Programme.objects.select_related("handbook"), slug=slug)
    if volunteering_of(programme) is None:
        raise Http404
    return programme


def cohorts_to_volunteer_in(programme: Programme) -> list[Cohort]:
    """Its cohorts that go on, the newest first."""
    rows = Cohort.objects.filter(programme=programme, state=CohortState.OPEN).select_related("programme__handbook")
    return list(rows.order_by("-starts_on", "title"))


def cohorts_open_to(user: User, programme: Programme) -> list[Cohort]:
    """Those of them in which this person may take a mentor's place: where nobody is both, none in which they are a mentee."""
    found = cohorts_to_volunteer_in(programme)
    if kit_of(programme.handbook).joining.both_roles:
        return found
    rows = Participant.objects.filter(cohort__in=found, membership__user=user).exclude(side=Side.MENTOR)
    taken = set(rows.values_list("cohort_id", flat=True))
    return [cohort for cohort in found if cohort.pk not in taken]


def own_mentor_places(programme: Programme, user: User) -> list[Participant]:
    """Where somebody is a mentor of this programme already."""
    own = Participant.objects.filter(
        cohort__programme=programme, membership__user=user, side=Side.MENTOR, state=ParticipantState.JOINED
    )
    return list(own.select_related("cohort").order_by("-cohort__starts_on", "pk"))


@transaction.atomic
def volunteer(*, cohort: Cohort, actor: User) -> Participant:
    """Take a mentor's place in a cohort for oneself, with the joining sheet begun; whoever has one keeps it.

    An invitation that waits is taken up by this. The coordinators are told. Raises ``VolunteerRefused`` where the cohort is
    closed, where nobody is mentor and mentee in one, and for whom the coordinators took out or did not take on, be it on
    the other side or in another cohort of the programme.
    """
    membership = active_membership(actor, current_tenant().id)
    if membership is None or volunteering_of(cohort.programme) is None or cohort.state != CohortState.OPEN:
        raise VolunteerRefused(_("Nobody can volunteer here at present."))
    everywhere = list(_known_places(cohort.programme, actor, membership))
    known = [person for person in everywhere if person.cohort_id == cohort.pk]
    own = next((person for person in known if person.side == Side.MENTOR), None)
    if own is not None and own.state == ParticipantState.JOINED:
        return own
    _refuse_who_was_taken_out(everywhere)
    if own is None and known and not kit_of(cohort.programme.handbook).joining.both_roles:
        raise VolunteerRefused(_("You are a mentee here. In this programme nobody is both at the same time."))
    try:
        with transaction.atomic():
            person = _invited(own, membership) if own is not None else _new(cohort, actor, membership)
    except (IntegrityError, WrongStep, PersonRefused) as fault:  # another window was faster
        raise VolunteerRefused(_("Your place is being made already. Look again in a moment.")) from fault
    give_enrolment_to(person, actor)
    forget_roles(actor)
    record_event("person.volunteered", person, actor=actor, name=person.name)
    _tell_coordinators(person, actor)
    return person


def _known_places(programme: Programme, user: User, membership: Membership) -> Iterator[Participant]:
    rows = Participant.objects.filter(cohort__programme=programme).order_by("created_at", "pk")
    rows = rows.select_related("cohort__programme__handbook", "enrolment")
    yield from rows.filter(membership=membership)
    kept = rows.filter(membership=None).alias(address=Lower("email"))
    yield from kept.filter(address__in=addresses_of(user))


def _refuse_who_was_taken_out(places: list[Participant]) -> None:
    """What coordinators decided about somebody nobody undoes by volunteering; whoever stepped out themselves is free to."""
    gone = [one for one in places if one.state in {ParticipantState.DECLINED, ParticipantState.WITHDRAWN}]
    if gone and {one.pk for one in gone} - left_by_themselves(gone):
        raise VolunteerRefused(_ask_coordinators())


def _ask_coordinators() -> str:
    return _("Please write to the coordinators: they have a word with you first.")


def _invited(person: Participant, membership: Membership) -> Participant:
    """Take a place that the coordinators keep for this very person; its link has done its work."""
    if person.state == ParticipantState.ACCEPTED:
        take_step(person, Step.INVITE)
    if not may(Step.JOIN, person):
        raise VolunteerRefused(_ask_coordinators())
    take_step(person, Step.JOIN, membership=membership, joined_at=clock.now())
    revoke_invitations(person=person)
    return person


def _new(cohort: Cohort, user: User, membership: Membership) -> Participant:
    person = Participant(
        cohort=cohort,
        membership=membership,
        side=Side.MENTOR,
        state=ParticipantState.JOINED,
        email=user.email,
        given_name=user.given_name,
        family_name=user.family_name,
        zone=user.zone,
        decided_at=clock.now(),
        joined_at=clock.now(),
    )
    start_enrolments(cohort, [(person, None)])
    person.save()
    return person


def _tell_coordinators(person: Participant, actor: User) -> None:
    programme = person.cohort.programme
    for coordinator in coordinators_of(programme):
        if coordinator.pk != actor.pk:
            notify(
                "programmes.volunteered",
                coordinator,
                about=person,
                occasion=f"{person.pk}:{coordinator.pk}",
                context={
                    "name": person.name,
                    "programme": programme.title,
                    "action_url": link("programmes:person", programme.slug, person.cohort.slug, person.pk),
                },
            )


def page_for_finished(person: Participant) -> str | None:
    """The path of the page to volunteer on, for a mentee who has completed a pairing and is no mentor there yet."""
    programme = person.cohort.programme
    if person.side != Side.MENTEE or person.membership is None or volunteering_of(programme) is None:
        return None
    user = person.membership.user
    if own_mentor_places(programme, user) or not cohorts_open_to(user, programme):
        return None
    return path_to("programmes:volunteer", programme.slug)
