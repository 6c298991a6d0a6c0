"""How often mentees turn to their mentors, for each goal they are at work on (``phase1.succ.mentor.2``).

From statuses and dates alone. Fewer requests are no success by themselves, so they are told beside goals and how content people
are: a pair that has gone silent asks for nothing either.
"""

from evaluation.domain.indicating.found import Figure
from evaluation.domain.indicating.gathering import Gathered
from evaluation.domain.indicating.monthly import Month, months_of, running_in, sent_in
from pairs.enums import GoalState
from templates_app.shapes import Measure

STILL_OPEN = frozenset({GoalState.OPEN, GoalState.OFF_TRACK})


def requests(measure: Measure, gathered: Gathered) -> list[Figure]:
    """The months that are over, so that no two looks tell of one request that came in between."""
    return [requests_in(month, measure, gathered) for month in months_of(gathered)[:-1]]


def requests_in(month: Month, measure: Measure, gathered: Gathered) -> Figure:
    """Sheets by which mentees asked for something, and extra sessions held, for each goal that was open at the month's end."""
    running = running_in(month, gathered)
    goals = [
        goal.pairing
        for goal in gathered.progress.goals
        if goal.pairing in running and goal.state_at(month.ends) in STILL_OPEN
    ]
    if not gathered.are_enough(goals):
        return Figure(month.label, None, "number", len(goals), "goals", hidden=bool(goals))
    mentees = {(one.pairing, one.who) for one in gathered.members if one.side == "mentee"}
    asked = sum(
        pairing in running and (who is None or (pairing, who) in mentees)
        for pairing, who, _at in sent_in(month, measure, gathered)
    )
    extra = sum(one.is_extra and one.pairing in running and month.holds(one.instant) for one in gathered.met)
    return Figure(month.label, (asked + extra) / len(goals), "number", len(goals), "goals")
