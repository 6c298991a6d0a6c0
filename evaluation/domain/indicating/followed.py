"""How goals and tasks stand, and by which score pairs were made: states, days and numbers, and no word of anybody.

What stands on a sheet, or in answer to a question, that its writer keeps is not counted: only what partners read together, by
what was said when it was written (``phase1.measure.menteeprog``).
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from evaluation.domain.own_versions import with_own_sheets
from pairs.domain.reading import NOT_FOR_PARTNERS
from pairs.enums import ActionState, GoalLevel, GoalState
from pairs.models import Action, Goal, GoalChange, Output
from programmes.enums import Side
from programmes.models import Cohort, Proposal
from templates_app.shapes import Preset, Worksheet
from templates_app.shapes.kinds import ROWS


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
    """Read what is followed. Five queries at most."""
    sheets = _sheets(cohort)
    tasks = Action.objects.filter(pairing__cohort=cohort, state=ActionState.DONE, settled_at__isnull=False)
    goals = Goal.objects.filter(pairing__cohort=cohort)
    reached = goals.filter(level=GoalLevel.MILESTONE, state=GoalState.REACHED, reached_on__isnull=False)
    told = tasks.order_by("pk").values_list("response", "field", "pairing", "owner__participant", "settled_at")
    stood = reached.order_by("pk").values_list("response", "field", "pairing", "reached_on")
    return Progress(
        tasks_done=[
            (pairing, who, at) for sheet, field, pairing, who, at in told if sheet is None or sheets.opens(sheet, field)
        ],
        milestones=[(pairing, day) for sheet, field, pairing, day in stood if sheets.opens(sheet, field)],
        goals=_paths(goals.filter(level=GoalLevel.GOAL), sheets),
    )


@dataclass(frozen=True)
class _Sheets:
    """The sheets on which goals and tasks stand, by response, each as its own version has it."""

    written: dict[UUID, Worksheet]

    def opens(self, response: UUID, field: str) -> bool:
        """Whether partners read that list on it, by what the sheet and the question said when it was written. A task whose
        ``field`` is not known stands in the only list there is.
        """
        sheet = self.written.get(response)
        if sheet is None or sheet.readers.preset in NOT_FOR_PARTNERS:
            return False
        lists = [one for one in sheet.fields() if (one.key == field if field else one.kind in ROWS)]
        return not any(one.readers and Preset(one.readers) in NOT_FOR_PARTNERS for one in lists)


def _sheets(cohort: Cohort) -> _Sheets:
    """Those of a cohort; nothing of what stands there is read. Two queries at most."""
    known = Q()
    for model, path in ((Goal, "pairing"), (GoalChange, "goal__pairing"), (Action, "pairing")):
        named = model.objects.filter(**{f"{path}__cohort": cohort, "response__isnull": False})
        known |= Q(response__in=named.order_by().values("response"))
    rows = Output.objects.filter(known, pairing__cohort=cohort).order_by().defer("response__facts")
    return _Sheets({row.response_id: sheet for row, sheet in with_own_sheets(rows) if row.response_id})


def _paths(goals: QuerySet[Goal], sheets: _Sheets) -> list[GoalPath]:
    rows = GoalChange.objects.filter(goal__in=goals).order_by("goal", "changed_at", "number")
    changes: dict[UUID, list[tuple[dt.datetime, str]]] = {}
    told: dict[UUID, tuple[UUID, dt.datetime | None]] = {}
    for goal, pairing, field, dropped, sheet, at, state in rows.values_list(
        "goal", "goal__pairing", "goal__field", "goal__dropped_at", "response", "changed_at", "state"
    ):
        if sheets.opens(sheet, field):
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
