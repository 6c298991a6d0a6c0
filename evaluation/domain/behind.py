"""Who stands behind what is counted: people who have nothing to do with each other, and not sheets or pairs.

Where one mentor has several pairs, five sheets may be one person's. A sheet, or a relationship, counts towards the smallest
number only while none of its people has counted before (``phase1.must.55``, ``gla.must.43``).
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from uuid import UUID

from pairs.models import Output, PairingMember
from programmes.models import Cohort
from templates_app.domain.counting import SMALLEST_GROUP

People = frozenset[Hashable]
"""Those who wrote a sheet, or who are in a relationship."""
Places = Mapping[UUID, People]
"""Relationship → everybody who is or was in it."""


def people_behind(groups: Iterable[People]) -> int:
    """How many of these groups share nobody with one before them: of sheets of single people, how many people."""
    seen: set[Hashable] = set()
    count = 0
    for group in groups:
        if seen.isdisjoint(group):
            count += 1
            seen |= group
    return count


def are_enough(groups: Iterable[People]) -> bool:
    """Whether so many stand behind it that it may be told."""
    return people_behind(groups) >= SMALLEST_GROUP


def places_in(cohort: Cohort) -> Places:
    """Who is or was in each relationship of a cohort. One query."""
    found: dict[UUID, set[Hashable]] = defaultdict(set)
    rows = PairingMember.objects.filter(pairing__cohort=cohort).order_by()
    for pairing, participant in rows.values_list("pairing", "participant"):
        found[pairing].add(participant)
    return {pairing: frozenset(people) for pairing, people in found.items()}


def writers_of(row: Output, places: Places) -> People:
    """Who wrote a sheet: the one it belongs to, or all of the relationship where it is written together."""
    if row.member is not None:
        return frozenset({row.member.participant_id})
    return places.get(row.pairing_id, frozenset({row.pairing_id}))
