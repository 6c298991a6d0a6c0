"""Who is taken already. Pairings live in a room above this one, which says so at start-up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from programmes.models import Cohort


@dataclass(frozen=True)
class Occupancy:
    """Mentees with a running pairing and mentors' running pairings, those that they are asked about counted; and pairs that were
    made before, or declined.
    """

    mentees: frozenset[UUID] = frozenset()
    mentors: Mapping[UUID, int] = field(default_factory=dict)
    former: frozenset[tuple[UUID, UUID]] = frozenset()
    """(mentor, mentee) pairs that have ended, or that one of them has declined: they are not suggested again."""


Provider = Callable[[Cohort], Occupancy]
_provider: list[Provider] = []


def register_occupancy(provider: Provider) -> None:
    """Say who is taken. Registering again replaces the provider."""
    _provider[:] = [provider]


def occupancy_of(cohort: Cohort) -> Occupancy:
    """Who is taken in a cohort; nobody when no room above says otherwise."""
    return _provider[0](cohort) if _provider else Occupancy()
