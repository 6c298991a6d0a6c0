"""The best assignment under capacity: as many people as possible first, then the best total (OR-Tools min-cost flow).

The same people give the same pairs, in whatever order they come: the input is sorted by id, and equal totals are settled
by a small cost that is a hash of the two ids (a linear one would cancel out in the sums).
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

SCALE = 1_000_000
TIE_SPAN = 900


@dataclass(frozen=True)
class Problem:
    """Mentees, mentors with their free places, and the scores (0–100) of the pairs that are allowed."""

    mentees: Collection[UUID]
    places: Mapping[UUID, int]
    scores: Mapping[tuple[UUID, UUID], int]
    """(mentor, mentee) → score; a pair that is not here is not allowed."""


def best_assignment(problem: Problem) -> dict[UUID, UUID]:
    """Mentee → mentor. Mentees nobody can take are left out. Raises ``ArithmeticError`` should the solver fail."""
    mentees, mentors = sorted(problem.mentees), sorted(problem.places)
    if not mentees:
        return {}
    node = {("mentee", pk): index + 2 for index, pk in enumerate(mentees)}
    node |= {("mentor", pk): len(mentees) + index + 2 for index, pk in enumerate(mentors)}
    source, sink = 0, 1
    # Leaving one person out costs more than all the others together could win by it.
    left_out = 101 * SCALE * (len(mentees) + 1)
    flow = SimpleMinCostFlow()
    arcs: dict[int, tuple[UUID, UUID]] = {}
    for mentee in mentees:
        flow.add_arc_with_capacity_and_unit_cost(source, node["mentee", mentee], 1, 0)
        flow.add_arc_with_capacity_and_unit_cost(node["mentee", mentee], sink, 1, left_out)
    for mentor in mentors:
        flow.add_arc_with_capacity_and_unit_cost(node["mentor", mentor], sink, max(0, problem.places[mentor]), 0)
    for mentor, mentee in sorted(problem.scores):
        cost = (100 - problem.scores[mentor, mentee]) * SCALE + _tie(mentor, mentee)
        arc = flow.add_arc_with_capacity_and_unit_cost(node["mentee", mentee], node["mentor", mentor], 1, cost)
        arcs[arc] = (mentor, mentee)
    flow.set_node_supply(source, len(mentees))
    flow.set_node_supply(sink, -len(mentees))
    if flow.solve() != flow.OPTIMAL:
        raise ArithmeticError("The matching could not be solved.")
    return {mentee: mentor for arc, (mentor, mentee) in arcs.items() if flow.flow(arc)}


def _tie(mentor: UUID, mentee: UUID) -> int:
    return int.from_bytes(hashlib.blake2b(mentor.bytes + mentee.bytes, digest_size=4).digest(), "big") % TIE_SPAN
