"""Who belongs to an organisation, and who looks after it."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, When
from django.http import Http404
from django.utils.translation import gettext as _

from mentoring.accounts.domain.people import end_sign_ins, find_or_make_account, memberships_of
from mentoring.accounts.models import User
from mentoring.accounts.models.user import normal_email
from mentoring.history.domain import record_event
from mentoring.history.models import Event
from mentoring.notices.domain.outbox import notify
from mentoring.tenancy.models import Membership
from mentoring.tenancy.scope import current_organisation

RolesOf = Callable[[Iterable[Membership]], dict[UUID, list[str]]]
"""Membership id → what these people are in the rooms above, in words."""

LeavingGuard = Callable[[Membership], str]
"""Answers why a member cannot be shut out, in words for the admin; nothing when they can."""

_role_sources: list[RolesOf] = []
_leaving_guards: list[LeavingGuard] = []


class MemberRefused(ValueError):
    """What was asked cannot be done to this member; the message says why."""


def register_member_roles(source: RolesOf) -> None:
    """Let a room above say what members are there. Registering twice changes nothing."""
    if source not in _role_sources:
        _role_sources.append(source)


def register_leaving_guard(guard: LeavingGuard) -> None:
    """Let a room above say why a member cannot be shut out. Registering twice changes nothing."""
    if guard not in _leaving_guards:
        _leaving_guards.append(guard)


def roles_in_words(memberships: list[Membership]) -> dict[UUID, list[str]]:
    """For each membership everything that person is here, in words."""
    found: dict[UUID, list[str]] = {row.pk: ([_("admin")] if row.is_admin else []) for row in memberships}
    for source in _role_sources:
        for pk, words in source(memberships).items():
            found[pk] += words
    return found


def members(search: str = "") -> QuerySet[Membership]:
    """All members of the open organisation, those who have left last; ``search`` looks in names and addresses."""
    rows = Membership.objects.filter(organisation=current_organisation()).select_related("user")
    for word in search.split():
        rows = rows.filter(
            Q(typed_address="", user__given_name__icontains=word)
            | Q(typed_address="", user__family_name__icontains=word)
            | Q(typed_address="", user__email__icontains=word)
            | Q(typed_name__icontains=word)
            | Q(typed_address__icontains=word)
        )
    return rows.order_by("-is_active", *by_name())


def admins() -> QuerySet[Membership]:
    """The admins of the open organisation who are there, by name: not those who have left or are still awaited."""
    return members().filter(is_admin=True, is_active=True, typed_address="")


def by_name(to: str = "") -> list[Any]:
    """The order of members by what they are called here; ``to`` leads to the membership, such as ``membership__``."""

    def shown(own: str, typed: str) -> Case:
        return Case(When(**{f"{to}typed_address": "", "then": F(f"{to}user__{own}")}), default=F(f"{to}{typed}"))

    return [shown("family_name", "typed_name"), shown("given_name", "typed_name"), shown("email", "typed_address")]


def get_member(membership_id: UUID) -> Membership:
    """One member of the open organisation. Raises ``Http404``."""
    found = members().filter(pk=membership_id).first()
    if found is None:
        raise Http404
    return found


@transaction.atomic
def take_in(*, person: User, email: str, given_name: str, family_name: str, actor: User) -> Membership:
    """Make somebody a member of the open organisation; who is one already, or was, stays as they are.

    The name and the address are those that were typed: they are shown here until the person first comes.
    """
    organisation = current_organisation()
    typed = {"typed_name": f"{given_name} {family_name}".strip(), "typed_address": normal_email(email)}
    membership, created = Membership.objects.get_or_create(organisation=organisation, user=person, defaults=typed)
    membership.user = person
    if created:
        record_event("member.added", membership, actor=actor, within=organisation, name=membership.name)
    return membership


def written_to(membership: Membership) -> User | str:
    """Whom ``notify`` writes to: the person, or the address alone by which they are awaited when it is a further one."""
    return membership.user if membership.user.email == membership.address else membership.address


@transaction.atomic
def add_admin(*, email: str, given_name: str, family_name: str, actor: User) -> Membership:
    """Make somebody an admin of the open organisation, with an account where they had none, and tell them."""
    organisation = current_organisation()
    person = find_or_make_account(
        email=email,
        given_name=given_name,
        family_name=family_name,
        zone=organisation.zone,
        language=organisation.language,
    )
    membership = take_in(person=person, email=email, given_name=given_name, family_name=family_name, actor=actor)
    if not membership.is_active:
        set_active(membership=membership, active=True, actor=actor)
    set_admin(membership=membership, admin=True, actor=actor)
    return membership


@transaction.atomic
def set_admin(*, membership: Membership, admin: bool, actor: User) -> None:
    """Make a member an admin, and tell them, or an ordinary member again.

    Raises ``MemberRefused`` for somebody who has left and for the last admin.
    """
    if membership.is_admin == admin:
        return
    if admin and not membership.is_active:
        raise MemberRefused(_("This person has left. Let them in again first."))
    if not admin:
        _keep_one_admin(membership)
    membership.is_admin = admin
    membership.save(update_fields=["is_admin"])
    event = _record(membership, actor, "admin" if admin else "member")
    if admin and membership.user != actor:
        home = f"{settings.SITE_URL}/o/{current_organisation().slug}/"
        context = {"actor_name": actor.name, "action_url": home}
        told = written_to(membership)
        notify("organisations.made_admin", told, about=membership, occasion=str(event.pk), context=context)


@transaction.atomic
def set_active(*, membership: Membership, active: bool, actor: User) -> None:
    """Shut a member out, or let them in again. Somebody who then belongs nowhere is signed out on every device.

    Raises ``MemberRefused`` for the last admin, and for whoever a room above cannot do without.
    """
    if membership.is_active == active:
        return
    if not active:
        _keep_one_admin(membership)
        if reason := next((words for guard in _leaving_guards if (words := guard(membership))), ""):
            raise MemberRefused(reason)
    membership.is_active = active
    membership.save(update_fields=["is_active"])
    _record(membership, actor, "in" if active else "out")
    if not active and not memberships_of(membership.user).exists():
        end_sign_ins(user=membership.user)


def _keep_one_admin(membership: Membership) -> None:
    """Locks the admins' rows, so that two admins cannot send each other away at the same moment.

    One who is awaited does not count: nobody knows yet whether they come.
    """
    admins = Membership.objects.select_for_update().filter(
        organisation=current_organisation(), is_admin=True, is_active=True, typed_address=""
    )
    if {row.pk for row in admins.order_by("pk")} == {membership.pk}:
        raise MemberRefused(_("Somebody must look after the organisation. Make another member an admin first."))


def _record(membership: Membership, actor: User, change: str) -> Event:
    within, name = current_organisation(), membership.name
    return record_event("member.changed", membership, actor=actor, within=within, name=name, change=change)
