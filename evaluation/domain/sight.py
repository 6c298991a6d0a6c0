"""What somebody sees of a cohort here: figures, pairs by name, statuses of their own people, or nothing."""

from dataclasses import dataclass
from uuid import UUID

from mentoring.accounts.models import User
from pairs.domain.people import Person
from programmes.domain.roles import roles_for
from programmes.models import Programme


@dataclass(frozen=True)
class Sight:
    """Coordinators act and read; admins see statuses and figures; the steering group sees figures without names; a partner's
    lead sees how the partner's own people stand.
    """

    coordinates: bool = False
    is_admin: bool = False
    steers: bool = False
    led: frozenset[UUID] = frozenset()

    @property
    def names_all(self) -> bool:
        """Whether every pair is seen by name."""
        return self.coordinates or self.is_admin

    @property
    def figures(self) -> bool:
        """Whether the cohort's figures and reports are seen."""
        return self.names_all or self.steers

    @property
    def names_some(self) -> bool:
        """Whether any pair may be seen by name."""
        return self.names_all or bool(self.led)

    def sees(self, person: Person) -> bool:
        """Whether they may know how an output of this person stands."""
        return self.names_all or person.participant.partner_id in self.led


def sight_of(user: User, programme: Programme) -> Sight:
    """What this person sees of a programme's cohorts."""
    roles = roles_for(user)
    return Sight(
        coordinates=roles.coordinates(programme.pk),
        is_admin=roles.is_admin,
        steers=programme.pk in roles.steered,
        led=roles.led.get(programme.pk, frozenset()),
    )
