"""The way of a pair in one view: tasks and goals as cards on a board, and on a timeline with sessions, sheets and surveys.

It holds what the pages of goals, actions, sessions and sheets hold, so each reads here what they may read there
(``phase1.arch.4.c``).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from pairs.domain.action_pages import ShownAction, actions_page
from pairs.domain.days import Day, days_of_meetings, days_of_sheets
from pairs.domain.goal_pages import ShownGoal, goals_page
from pairs.domain.instants import local_day
from pairs.domain.meetings import Meeting, meeting_of
from pairs.domain.queries import outputs_for, sessions_of
from pairs.domain.reading import Reader
from pairs.enums import ActionState, GoalState


class Place(StrEnum):
    """The columns of the board, from left to right."""

    TO_DO = "to-do"
    DOING = "doing"
    DONE = "done"


_OF_ACTIONS = {ActionState.OPEN: Place.TO_DO, ActionState.DOING: Place.DOING, ActionState.DONE: Place.DONE}
_OF_GOALS = {GoalState.OPEN: Place.DOING, GoalState.OFF_TRACK: Place.DOING, GoalState.REACHED: Place.DONE}
"""A goal is on the way as soon as it is written. What was let go or put aside is not on the board."""


@dataclass(frozen=True)
class Card:
    """One task or goal on the board: the one or the other is there."""

    task: ShownAction | None = None
    goal: ShownGoal | None = None

    @property
    def place(self) -> Place | None:
        """The column it stands in; ``None`` for what is not on the board."""
        if self.task is not None:
            return _OF_ACTIONS.get(ActionState(self.task.action.state))
        assert self.goal is not None
        return _OF_GOALS.get(GoalState(self.goal.goal.state))


@dataclass(frozen=True)
class Column:
    """One column with its cards."""

    place: Place
    cards: list[Card]


@dataclass(frozen=True)
class Board:
    """The page."""

    columns: list[Column]
    ahead: list[Day]
    """What has a day to come, sessions too, the next first; what is late comes before it."""
    behind: list[Day]
    """What was held, reached, done, changed, written and answered, the newest first."""

    @property
    def all(self) -> int:
        """How many cards there are."""
        return sum(len(column.cards) for column in self.columns)

    @property
    def done(self) -> int:
        """How many of them are done."""
        return sum(len(column.cards) for column in self.columns if column.place is Place.DONE)


def board_of(reader: Reader) -> Board:
    """Read the page, for one of the pair. A fixed number of queries, whatever they have written."""
    assert reader.person is not None
    goals, tasks = goals_page(reader).all, actions_page(reader)
    zone = reader.person.zone
    meetings = _meetings(reader)
    outputs = outputs_for(reader.user, reader.pairing, reader)
    told = {one.mention.output.pk for goal in goals for one in goal.linked}
    cards = [Card(goal=one) for one in goals] + [Card(task=one) for one in (*tasks.open, *tasks.settled)]
    ahead = [*_ahead(cards), *days_of_meetings(meetings, ahead=True)]
    behind = [
        *_behind(cards, zone),
        *days_of_meetings(meetings, ahead=False),
        *days_of_sheets(reader, outputs, zone, told=told),
    ]
    return Board(
        columns=[Column(place, [card for card in cards if card.place is place]) for place in Place],
        ahead=sorted(ahead, key=lambda day: (day.on, day.what)),
        behind=sorted(
            sorted(behind, key=lambda day: (day.kind, day.what, day.who)), key=lambda day: day.on, reverse=True
        ),
    )


def _meetings(reader: Reader) -> list[Meeting]:
    assert reader.person is not None
    rows = sessions_of(reader.pairing, reader.person)
    return [meeting_of(row, reader.kit, reader.people, reader.person) for row in rows]


def _ahead(cards: list[Card]) -> Iterator[Day]:
    for card in cards:
        if card.place in (None, Place.DONE):
            continue
        if card.goal is not None and card.goal.goal.due_on:
            kind = str(card.goal.goal.get_level_display())
            yield Day(card.goal.goal.due_on, card.goal.title, kind, card.goal.whose, "target")
        if card.task is not None and card.task.action.due_on:
            yield Day(card.task.action.due_on, card.task.action.text, _("task"), card.task.whose, "square")


def _behind(cards: list[Card], zone: str) -> Iterator[Day]:
    for card in cards:
        if card.goal is not None:
            yield from _of_goal(card.goal)
        if card.task is not None and card.place is Place.DONE and card.task.action.settled_at:
            day = local_day(card.task.action.settled_at, zone)
            yield Day(day, card.task.action.text, _("task done"), card.task.whose, "square-check")


def _of_goal(shown: ShownGoal) -> Iterator[Day]:
    """What became of a goal: reached, changed, written about."""
    if shown.goal.reached_on:
        kind = _("%(level)s reached") % {"level": shown.goal.get_level_display()}
        yield Day(shown.goal.reached_on, shown.title, kind, shown.whose, "flag")
    for change in shown.history[:-1]:
        if change.words:
            yield Day(change.on, shown.title, _("put differently"), change.who, "pencil")
        elif change.code != GoalState.REACHED:
            yield Day(change.on, shown.title, change.state, change.who, "trending-up")
    for one in shown.linked:
        page = ("pairs:output_read", one.mention.output.pk)
        yield Day(one.mention.day, shown.title, one.mention.worksheet.title, "", "notebook-pen", page)
