"""The page of actions: what is open with its day, what each serves, and what was settled."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from mentoring import clock
from mentoring.ui import dates
from pairs.domain.actions import actions_for
from pairs.domain.goals import goals_for
from pairs.domain.instants import local_day
from pairs.domain.queries import sessions_of
from pairs.domain.reading import Reader
from pairs.enums import STILL_TO_DO, ActionKind, GoalLevel, SessionState
from pairs.models import Action, Goal, Session
from templates_app.shapes import Level


@dataclass(frozen=True)
class ShownAction:
    """One action for one reader."""

    action: Action
    whose: str
    """Who does it, as they are called in the pairing; empty where everybody does."""
    due: str
    overdue: bool
    serves: str
    """What it serves: the aspiration above it, or the goal itself where there is none."""
    is_loose: bool
    """It serves no aspiration, though the handbook has the pair write some (``phase1.prog.6``)."""
    may_warn: bool


@dataclass(frozen=True)
class ActionsPage:
    """The page."""

    open: list[ShownAction]
    settled: list[ShownAction]
    next: Session | None
    """The meeting that might be moved where something was said to take longer."""

    @property
    def is_warned(self) -> bool:
        """Whether something open was said to take longer."""
        return any(one.action.warned_at for one in self.open)


def actions_page(reader: Reader) -> ActionsPage:
    """Read the page, with the actions this person may read. A fixed number of queries."""
    goals = {goal.pk: goal for goal in goals_for(reader)}
    aspires = any(_aspires(sheet.fields()) for sheet in reader.worksheets.values())
    zone = reader.person.zone if reader.person else reader.user.zone
    today = local_day(clock.now(), zone)
    shown = [_shown(reader, action, goals, aspires=aspires, today=today) for action in actions_for(reader)]
    return ActionsPage(
        open=[one for one in shown if one.action.state in STILL_TO_DO],
        settled=[one for one in shown if one.action.state not in STILL_TO_DO],
        next=_next(reader),
    )


def _next(reader: Reader) -> Session | None:
    planned = sessions_of(reader.pairing, reader.person).filter(state=SessionState.PLANNED, starts_at__gt=clock.now())
    return planned.order_by("starts_at").first()


def _aspires(fields: Iterable) -> bool:
    return any(field.level is Level.ASPIRATION for field in fields)


def _shown(reader: Reader, action: Action, goals: dict[UUID, Goal], *, aspires: bool, today: dt.date) -> ShownAction:
    top = _top(action, goals)
    hidden = action.goal_id is not None and action.goal_id not in goals
    agreed = action.kind == ActionKind.FOLLOW_UP
    is_open = action.state in STILL_TO_DO
    owner = reader.people.member(action.owner_id)
    mine = reader.person is not None and (action.owner_id is None or action.owner_id in reader.person.ids)
    return ShownAction(
        action=action,
        whose=owner.short_name if owner else "",
        due=dates.day(action.due_on) if action.due_on else "",
        overdue=is_open and action.due_on is not None and action.due_on < today,
        serves=top.title if top else "",
        is_loose=aspires and agreed and not hidden and (top is None or top.level != GoalLevel.ASPIRATION),
        may_warn=mine and is_open and action.warned_at is None,
    )


def _top(action: Action, goals: dict[UUID, Goal]) -> Goal | None:
    """The highest goal above an action that the reader may read."""
    goal = goals.get(action.goal_id) if action.goal_id else None
    while goal is not None and goal.parent_id in goals:
        goal = goals[goal.parent_id]
    return goal
