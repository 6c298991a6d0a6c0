"""How the goals of relationships stood when a month was over: on the way, off track, reached (``phase1.measure.menteeprog``)."""

from collections import Counter

from evaluation.domain.indicating.found import Figure
from evaluation.domain.indicating.gathering import Gathered
from evaluation.domain.indicating.monthly import Month, months_of, running_in
from pairs.enums import GoalState
from templates_app.shapes import Measure

TOLD = (GoalState.OPEN, GoalState.OFF_TRACK, GoalState.REACHED)
"""What was let go or put aside is in no share."""


def standing(measure: Measure, gathered: Gathered) -> list[Figure]:
    """The months that are over, so that no two looks tell of one goal that was marked in between."""
    return [figure for month in months_of(gathered)[:-1] for figure in at_end_of(month, gathered)]


def at_end_of(month: Month, gathered: Gathered) -> list[Figure]:
    """The same of one month, or of other days."""
    running = running_in(month, gathered)
    stood = [
        (goal.pairing, state)
        for goal in gathered.progress.goals
        if goal.pairing in running and (state := goal.state_at(month.ends)) in TOLD
    ]
    if not stood:
        return []
    if not gathered.are_enough(pairing for pairing, _state in stood):
        return [Figure("", None, "percent", len(stood), "goals", hidden=True, group=month.label)]
    counts = Counter(state for _pairing, state in stood)
    return [
        Figure(
            str(state.label), 100 * counts[state] / len(stood), "percent", len(stood), "goals", counts[state],
            group=month.label,
        )
        for state in TOLD
    ]  # fmt: skip
