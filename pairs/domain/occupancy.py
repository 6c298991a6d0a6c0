"""Who is taken: what matching, a room below, needs to know of pairings, and of matches that people are asked about."""

from collections import Counter
from collections.abc import Collection, Iterable
from uuid import UUID

from pairs.enums import MatchAnswer, PairingState, ProposedState
from pairs.models import MatchPart, PairingMember
from programmes.domain.matching.occupancy import Occupancy
from programmes.enums import Side
from programmes.models import Cohort


def occupancy(cohort: Cohort) -> Occupancy:
    """Who has a running pairing or is asked about one; pairs that have ended, or that one of the two has declined.

    Two queries. Who is asked is taken until told how it ended: that they are free would tell it before.
    """
    rows = PairingMember.objects.filter(pairing__cohort=cohort, is_alongside=False).select_related("pairing")
    running = [row for row in rows if row.pairing.state == PairingState.ACTIVE and row.left_at is None]
    by_pairing: dict[UUID, list[PairingMember]] = {}
    for row in rows:
        by_pairing.setdefault(row.pairing_id, []).append(row)
    parts = list(MatchPart.objects.filter(match__cohort=cohort).select_related("match"))
    asked = [part for part in parts if part.match.told_at is None and part.match.state != ProposedState.PAIRED]
    taken: list[PairingMember | MatchPart] = [*running, *asked]
    parted = {pair for members in by_pairing.values() for pair in _parted(members)}
    return Occupancy(
        mentees=frozenset(row.participant_id for row in taken if row.side == Side.MENTEE),
        mentors=Counter(row.participant_id for row in taken if row.side == Side.MENTOR),
        former=frozenset(parted | _declined(parts)),
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


def _declined(parts: Iterable[MatchPart]) -> set[tuple[UUID, UUID]]:
    """The same of all proposed matches."""
    by_match: dict[UUID, list[MatchPart]] = {}
    for part in parts:
        by_match.setdefault(part.match_id, []).append(part)
    return {pair for people in by_match.values() for pair in declined_pairs(people)}


def declined_pairs(people: Collection[MatchPart]) -> set[tuple[UUID, UUID]]:
    """The mentors and mentees of one proposed match of whom either has said no to it."""
    return {
        (one.participant_id, other.participant_id)
        for one in people
        for other in people
        if (one.side, other.side) == (Side.MENTOR, Side.MENTEE) and MatchAnswer.NO in {one.answer, other.answer}
    }
