"""Giving and ending roles in a programme."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from mentoring.accounts.domain.people import account_of, find_or_make_account
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.notices.domain.outbox import notify
from mentoring.organisations.domain.members import take_in, written_to
from mentoring.tenancy.models import Membership, Partner
from mentoring.tenancy.scope import current_organisation
from programmes.domain.concerns.raising import leads_changed
from programmes.domain.links import link
from programmes.domain.roles import forget_roles, roles_for
from programmes.enums import ParticipantState, ProgrammeRole, Side
from programmes.models import Assignment, Invitation, Mailing, Participant, Programme
from templates_app.domain.kits import kit_of


class RoleRefused(ValueError):
    """A role that cannot be given or ended; the message says why."""


@transaction.atomic
def give_role(
    *, programme: Programme, membership: Membership, role: str, actor: User, partner: Partner | None = None
) -> Assignment:
    """Make a member coordinator, partner lead (of ``partner``), lead for concerns or part of the steering group; tell them.

    Giving a role twice changes nothing. Raises ``RoleRefused`` for a lead without a partner and for one who has left.
    """
    if membership.organisation_id != current_organisation().pk or not membership.is_active:
        raise RoleRefused(_("This person is not a member here. Invite them first."))
    if role == ProgrammeRole.PARTNER_LEAD and partner is None:
        raise RoleRefused(_("Choose the partner whose people they look after."))
    wanted = partner if role == ProgrammeRole.PARTNER_LEAD else None
    assignment, created = Assignment.objects.get_or_create(
        programme=programme, membership=membership, role=ProgrammeRole(role), partner=wanted
    )
    if created:
        forget_roles(membership.user)
        leads_changed(programme)
        _tell(assignment, actor)
    return assignment


@transaction.atomic
def give_role_by_address(
    *,
    programme: Programme,
    email: str,
    role: str,
    actor: User,
    partner: Partner | None = None,
    given_name: str = "",
    family_name: str = "",
) -> Assignment:
    """Give a role to whoever answers to an address; who is not a member here is taken in by the name that was typed.

    They prove the address by signing in with a code sent to it. Nothing here tells whether they had an account before: that
    is known to other organisations at most. Raises ``RoleRefused``: for an address no member has while no name is given,
    and for a member whose access an admin has ended.
    """
    organisation, account = current_organisation(), account_of(email)
    known = account and Membership.objects.filter(organisation=organisation, user=account).exists()
    if not known and not given_name:
        raise RoleRefused(_("Nobody here has this address yet. Write their name too, and they are invited."))
    person = account or find_or_make_account(
        email=email,
        given_name=given_name,
        family_name=family_name,
        zone=organisation.zone,
        language=organisation.language,
    )
    membership = take_in(person=person, email=email, given_name=given_name, family_name=family_name, actor=actor)
    if not membership.is_active:
        raise RoleRefused(_("An admin has ended this person's access. Ask an admin to let them in again."))
    return give_role(programme=programme, membership=membership, role=role, partner=partner, actor=actor)


@transaction.atomic
def end_role(*, assignment: Assignment, actor: User) -> None:
    """End somebody's role. Raises ``RoleRefused`` for the last coordinator: somebody must be there for the people.

    A coordinator who is awaited is not there yet, and one who is shut out is there no more: both can be ended while
    another one is.
    """
    is_coordinator = assignment.role == ProgrammeRole.COORDINATOR
    if is_coordinator and {row.pk for row in _coordinators_there([assignment.programme_id])} <= {assignment.pk}:
        raise RoleRefused(_("A programme needs a coordinator. Name another one first."))
    membership, role = assignment.membership, role_words(assignment.role, assignment.programme)
    record_event("role.ended", assignment.programme, actor=actor, name=membership.name, role=role)
    forget_roles(membership.user)
    assignment.delete()
    leads_changed(assignment.programme)


def why_not_shut_out(membership: Membership) -> str:
    """Why a member cannot be shut out: a programme would be left without a coordinator. For ``register_leaving_guard``."""
    own = Assignment.objects.filter(membership=membership, role=ProgrammeRole.COORDINATOR)
    there = _coordinators_there(own.values_list("programme", flat=True))
    others = {row.programme_id for row in there if row.membership_id != membership.pk}
    alone = [
        row.programme.title for row in there if row.membership_id == membership.pk and row.programme_id not in others
    ]
    if not alone:
        return ""
    words = _(
        "%(programmes)s would be left without a coordinator. Name another one first: open the programme, then "
        "“People who run it”."
    )
    return words % {"programmes": get_text_list(sorted(alone), _("and"))}


def _coordinators_there(programmes: Iterable[UUID]) -> list[Assignment]:
    """The coordinators of programmes who have come and have access.

    Their rows are locked first and read afterwards: so of two who end each other's role, or are shut out, at the same moment
    the second sees what the first has done.
    """
    rows = Assignment.objects.filter(programme__in=list(programmes), role=ProgrammeRole.COORDINATOR).order_by("pk")
    list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))
    there = rows.filter(membership__typed_address="", membership__is_active=True)
    return list(there.select_related("programme"))


def role_words(role: str, programme: Programme) -> str:
    """What a role is called there: who leads a partner's people keeps a list of mentors where the handbook has units."""
    directory = kit_of(programme.handbook).joining.directory
    if role == ProgrammeRole.PARTNER_LEAD and directory is not None and directory.units is not None:
        return directory.units.keeper
    return str(ProgrammeRole(role).label)


def roles_of_members(memberships: Iterable[Membership]) -> dict[UUID, list[str]]:
    """What members are in programmes, in words, by membership id. Two queries."""
    ids = [membership.pk for membership in memberships]
    found: dict[UUID, list[str]] = {pk: [] for pk in ids}
    for row in Assignment.objects.filter(membership__in=ids).select_related("programme", "partner"):
        role = str(ProgrammeRole(row.role).label)
        found[row.membership_id].append(
            _("%(role)s of %(programme)s") % {"role": role, "programme": row.programme.title}
        )
    taking_part = Participant.objects.filter(membership__in=ids, state=ParticipantState.JOINED).select_related("cohort")
    for person in taking_part:
        if person.membership_id is not None:
            words = _("%(role)s in %(cohort)s")
            side = str(Side(person.side).label)
            found[person.membership_id].append(words % {"role": side, "cohort": person.cohort.title})
    return found


def messages_looked_after(user: User) -> Q | None:
    """The part of the outbox that coordinators look after: invitations to their programmes, and material sent there."""
    coordinated = roles_for(user).coordinated
    if not coordinated:
        return None
    invitations = Invitation.objects.filter(participant__cohort__programme__in=coordinated)
    mailings = Mailing.objects.filter(cohort__programme__in=coordinated)
    about_invitations = Q(subject_kind="programmes.invitation", subject_id__in=invitations.values("pk"))
    return about_invitations | Q(subject_kind="programmes.mailing", subject_id__in=mailings.values("pk"))


def _first_page(assignment: Assignment) -> str:
    """Where the role begins: who only looks after concerns does not see the programme."""
    if assignment.role == ProgrammeRole.CONCERNS:
        return link("programmes:concerns")
    return link("programmes:programme", assignment.programme.slug)


def _tell(assignment: Assignment, actor: User) -> None:
    membership, programme = assignment.membership, assignment.programme
    role = role_words(assignment.role, programme)
    record_event("role.given", programme, actor=actor, name=membership.name, role=role)
    if membership.user == actor:
        return
    notify(
        "programmes.role_given",
        written_to(membership),
        about=programme,
        occasion=str(assignment.pk),
        context={
            "role": assignment.role,
            "role_words": role,
            "keeps_list": role != str(ProgrammeRole(assignment.role).label),
            "unit": assignment.partner.name if assignment.partner is not None else "",
            "programme": programme.title,
            "by": actor.name,
            "action_url": _first_page(assignment),
        },
    )
