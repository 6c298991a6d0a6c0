"""Who is taken: what matching, a room below, needs to know of pairings."""

from collections import Counter
from uuid import UUID

from pairs.enums import PairingState
from pairs.models import PairingMember
from programmes.domain.matching.occupancy import Occupancy
from programmes.enums import Side
from programmes.models import Cohort


def occupancy(cohort: Cohort) -> Occupancy:
    """Mentees with a running pair, mentors' running pairs, and pairs that have ended. One query."""
    rows = PairingMember.objects.filter(pairing__cohort=cohort, is_alongside=False).select_related("pairing")
    running = [row for row in rows if row.pairing.state == PairingState.ACTIVE and row.left_at is None]
    by_pairing: dict[UUID, list[PairingMember]] = {}
    for row in rows:
        by_pairing.setdefault(row.pairing_id, []).append(row)
    return Occupancy(
        mentees=frozenset(row.participant_id for row in running if row.side == Side.MENTEE),
        mentors=Counter(row.participant_id for row in running if row.side == Side.MENTOR),
        former=frozenset(pair for members in by_pairing.values() for pair in _parted(members)),
    )


def _parted(members: list[PairingMember]) -> set[tuple[UUID, UUID]]:
    """The mentors and mentees of one pairing of whom either has left: pairs that have been."""
    mentors = [row for row in members if row.side == Side.MENTOR]
    mentees = [row for row in members if row.side == Side.MENTEE]
    return {
        (one.participant_id, other.participant_id)
        for one in mentors
        for other in mentees
        if one.left_at or other.left_at
    }
