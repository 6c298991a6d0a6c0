"""What a person is in the open organisation: read once a request, then asked by every rule."""

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from mentoring.accounts.models import User
from mentoring.tenancy.belonging import active_membership, forget_memberships
from mentoring.tenancy.scope import current_tenant
from programmes.enums import ProgrammeRole
from programmes.models import Assignment, Participant


@dataclass(frozen=True)
class Roles:
    """A person's roles in one organisation."""

    is_member: bool = False
    is_admin: bool = False
    coordinated: frozenset[UUID] = frozenset()
    """Programmes they coordinate."""
    steered: frozenset[UUID] = frozenset()
    """Programmes whose reports they read, without names."""
    led: dict[UUID, frozenset[UUID]] = field(default_factory=dict)
    """Programme → partners whose people are theirs."""
    concerned: frozenset[UUID] = frozenset()
    """Programmes whose lead for concerns they are."""
    participants: frozenset[UUID] = frozenset()
    """Their own places in cohorts."""
    takes_part_in: frozenset[UUID] = frozenset()
    """Programmes in whose cohorts they have a place."""

    def coordinates(self, programme_id: UUID) -> bool:
        """Whether they coordinate that programme."""
        return programme_id in self.coordinated

    def reads_sensitive(self, programme_id: UUID) -> bool:
        """Whether they read age, gender and ethnicity of a programme's people: its coordinators do, and no partner.

        Who coordinates it and also leads a partner's people or takes part in it is a partner to some of those people. The
        narrower promise holds then: the rest of the profiles is theirs to work with, these answers are not.
        """
        is_partner = bool(self.led.get(programme_id)) or programme_id in self.takes_part_in
        return self.coordinates(programme_id) and not is_partner


def roles_for(user: User) -> Roles:
    """The roles of a person in the open organisation. Two or three queries, once per user object and organisation."""
    if not getattr(user, "is_authenticated", False):
        return Roles()
    tenant_id = current_tenant().id
    known = user.__dict__.setdefault("_roles", {})
    if tenant_id not in known:
        known[tenant_id] = _read(user, tenant_id)
    return known[tenant_id]


def forget_roles(user: User) -> None:
    """Drop what was read, after a verb changed it."""
    user.__dict__.pop("_roles", None)
    forget_memberships(user)


def _read(user: User, tenant_id: UUID) -> Roles:
    membership = active_membership(user, tenant_id)
    if membership is None:
        return Roles()
    by_role: dict[str, set[UUID]] = defaultdict(set)
    led: dict[UUID, set[UUID]] = defaultdict(set)
    given = Assignment.objects.filter(membership=membership).order_by()
    for role, programme, partner in given.values_list("role", "programme_id", "partner_id"):
        by_role[role].add(programme)
        if partner:
            led[programme].add(partner)
    own = Participant.objects.filter(membership=membership).order_by()
    places = dict(own.values_list("pk", "cohort__programme"))
    return Roles(
        is_member=True,
        is_admin=membership.is_admin,
        coordinated=frozenset(by_role[ProgrammeRole.COORDINATOR]),
        steered=frozenset(by_role[ProgrammeRole.STEERING]),
        concerned=frozenset(by_role[ProgrammeRole.CONCERNS]),
        led={programme: frozenset(partners) for programme, partners in led.items()},
        participants=frozenset(places),
        takes_part_in=frozenset(places.values()),
    )
