"""Who is who in a pairing."""

from django.db.models import QuerySet

from mentoring.accounts.models import User
from pairs.models import Pairing, PairingMember


class NotAMember(Exception):
    """Somebody who is not part of the pairing tried what only its members may."""


def member_of(pairing: Pairing, user: User) -> PairingMember:
    """The person's own place in the pairing. Raises ``NotAMember``; another's place can never be named."""
    found = members(pairing).filter(participant__membership__user=user).first()
    if found is None:
        raise NotAMember
    return found


def members(pairing: Pairing) -> QuerySet[PairingMember]:
    """The present members, with who they are."""
    return PairingMember.objects.filter(pairing=pairing, left_at__isnull=True).select_related(
        "participant__membership__user", "participant__partner"
    )


def others_of(pairing: Pairing, member: PairingMember) -> list[PairingMember]:
    """The other members."""
    return [row for row in members(pairing) if row.pk != member.pk]


def user_of(member: PairingMember) -> User | None:
    """The account behind a member, if they have one."""
    membership = member.participant.membership
    return membership.user if membership else None
