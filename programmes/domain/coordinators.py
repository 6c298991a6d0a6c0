"""Who coordinates a programme."""

from mentoring.accounts.models import User
from programmes.enums import ProgrammeRole
from programmes.models import Programme


def coordinators_of(programme: Programme) -> list[User]:
    """The active coordinators of a programme, in the order of their names. One query.

    Not those who are awaited: they have said neither yes nor their name, and are told nothing about anybody yet.
    """
    found = User.objects.filter(
        is_active=True,
        memberships__is_active=True,
        memberships__typed_address="",
        memberships__assignments__organisation_id=programme.organisation_id,
        memberships__assignments__programme=programme,
        memberships__assignments__role=ProgrammeRole.COORDINATOR,
    )
    return list(found.distinct().order_by("family_name", "given_name", "email"))
