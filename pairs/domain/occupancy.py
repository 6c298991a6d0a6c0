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
    rows = PairingMember.objects.filter(pairing__cohort=cohort).select_related("pairing")
    running = [row for row in rows if row.pairing.state == PairingState.ACTIVE and row.left_at is None]
    ended: dict[UUID, dict[str, UUID]] = {}
    for row in rows:
        if row.pairing.state != PairingState.ACTIVE:
            ended.setdefault(row.pairing_id, {})[row.side] = row.participant_id
    return Occupancy(
        mentees=frozenset(row.participant_id for row in running if row.side == Side.MENTEE),
        mentors=Counter(row.participant_id for row in running if row.side == Side.MENTOR),
        former=frozenset(
            (sides[Side.MENTOR], sides[Side.MENTEE])
            for sides in ended.values()
            if {Side.MENTOR, Side.MENTEE} <= sides.keys()
        ),
    )
