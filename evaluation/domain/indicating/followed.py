"""How goals and tasks stand, and by which score pairs were made: states, days and numbers, and no word of anybody.

What stands on a sheet that its writer keeps is not counted: only what partners read together (``phase1.measure.menteeprog``).
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from pairs.domain.reading import NOT_FOR_PARTNERS
from pairs.enums import ActionState, GoalLevel, GoalState
from pairs.models import Action, Goal, GoalChange, Output
from programmes.enums import Side
from programmes.models import Cohort, Proposal
from templates_app.domain.kits import current_versions, worksheet_of


@dataclass(frozen=True)
class GoalPath:
    """One goal: whose relationship it belongs to, its states by the moment they began, and when it was let go."""

    pairing: UUID
    changes: Sequence[tuple[dt.datetime, str]]
    dropped_at: dt.datetime | None

    def state_at(self, instant: dt.datetime) -> str:
        """How it stood just before an instant; empty before it was sent, and once it was let go or put aside."""
        if self.dropped_at is not None and self.dropped_at < instant:
            return ""
        state = next((state for at, state in reversed(self.changes) if at < instant), "")
        return "" if state == GoalState.PUT_ASIDE else state


@dataclass(frozen=True)
class Progress:
    """What is followed of a cohort's goals and tasks."""

    tasks_done: list[tuple[UUID, UUID | None, dt.datetime]]
    """Whose pairing, whose task (``None``: everybody's), and when it was done."""
    milestones: list[tuple[UUID, dt.date]]
    """Whose pairing, and the day on which it was reached."""
    goals: list[GoalPath]


def progress_of(cohort: Cohort) -> Progress:
    """Read what is followed. Four queries."""
    open_to_partners = _sheets(cohort)
    shared = Q(response=None) | Q(response__in=open_to_partners.values("response"))
    tasks = Action.objects.filter(shared, pairing__cohort=cohort, state=ActionState.DONE, settled_at__isnull=False)
    goals = Goal.objects.filter(pairing__cohort=cohort, response__in=open_to_partners.values("response"))
    reached = goals.filter(level=GoalLevel.MILESTONE, state=GoalState.REACHED, reached_on__isnull=False)
    return Progress(
        tasks_done=list(tasks.order_by("pk").values_list("pairing", "owner__participant", "settled_at")),
        milestones=list(reached.order_by("pk").values_list("pairing", "reached_on")),
        goals=_paths(goals.filter(level=GoalLevel.GOAL)),
    )


def _sheets(cohort: Cohort) -> QuerySet[Output]:
    """The outputs of worksheets that partners read."""
    versions = current_versions(cohort.programme.handbook)
    kept = [key for key, one in versions.items() if worksheet_of(one).readers.preset in NOT_FOR_PARTNERS]
    return Output.objects.filter(pairing__cohort=cohort, response__isnull=False).exclude(worksheet__in=kept)


def _paths(goals: QuerySet[Goal]) -> list[GoalPath]:
    rows = GoalChange.objects.filter(goal__in=goals).order_by("goal", "changed_at", "number")
    changes: dict[UUID, list[tuple[dt.datetime, str]]] = {}
    told: dict[UUID, tuple[UUID, dt.datetime | None]] = {}
    for goal, pairing, dropped, at, state in rows.values_list(
        "goal", "goal__pairing", "goal__dropped_at", "changed_at", "state"
    ):
        changes.setdefault(goal, []).append((at, state))
        told[goal] = (pairing, dropped)
    return [GoalPath(pairing, changes[goal], dropped) for goal, (pairing, dropped) in told.items()]


def scores_of(cohort: Cohort, members: Iterable[tuple[UUID, UUID, str]]) -> dict[UUID, int]:
    """The score of the suggestion that became each pair; none of those made without one, and of groups. One query."""
    there: dict[UUID, dict[str, set[UUID]]] = {}
    for pairing, who, side in members:
        there.setdefault(pairing, {}).setdefault(side, set()).add(who)
    confirmed = Proposal.objects.filter(run__cohort=cohort, confirmed_at__isnull=False).order_by("confirmed_at", "pk")
    scores = {(mentor, mentee): score for mentor, mentee, score in confirmed.values_list("mentor", "mentee", "score")}
    found: dict[UUID, int] = {}
    for pairing, sides in there.items():
        mentors, mentees = sides.get(Side.MENTOR, set()), sides.get(Side.MENTEE, set())
        if len(mentors) == len(mentees) == 1 and (two := (*mentors, *mentees)) in scores:
            found[pairing] = scores[two]
    return found
