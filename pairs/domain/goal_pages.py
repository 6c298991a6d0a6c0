"""The goals page: what the pair works towards, as a tree, with what is due, what was reached and what was said of it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from mentoring import clock
from mentoring.ui import dates
from mentoring.ui.charts import Chart
from pairs.domain.goal_marking import may_mark, may_share
from pairs.domain.goal_mentions import Mention, charts_of, mentions_in
from pairs.domain.goal_reviews import ShownReview, reviews_of
from pairs.domain.goal_rows import lists_in
from pairs.domain.goal_wordings import Asked, Reworded, asked_in_lists, reworded
from pairs.domain.goal_words import names_goals
from pairs.domain.goals import changes_of, goals_for
from pairs.domain.instants import local_day
from pairs.domain.person import first_zone
from pairs.domain.queries import outputs_for
from pairs.domain.reading import Reader
from pairs.domain.sheets import has_page, is_for_each, is_shown, may_add, may_open_about
from pairs.enums import GoalLevel, GoalState, Right
from pairs.models import Goal, GoalChange, Output
from templates_app.shapes import Kind, Use, Worksheet

STILL_OPEN = frozenset({GoalState.OPEN, GoalState.OFF_TRACK})
_NO_LATER = dt.date.max


@dataclass(frozen=True)
class ShownChange:
    """How a goal stood from a day on. ``words`` are empty where they did not change then."""

    on: dt.date
    day: str
    who: str
    code: str
    state: str
    """The same in words."""
    words: str
    session: int | None


@dataclass(frozen=True)
class Linked:
    """A sheet that names the goal."""

    day: str
    mention: Mention


@dataclass(frozen=True)
class Plan:
    """The one sheet of a worksheet that is about a goal; ``output`` is ``None`` as long as nobody has opened it."""

    worksheet: Worksheet
    output: Output | None
    is_mine: bool


@dataclass(frozen=True)
class ShownGoal:
    """One goal as the pair reads it, with what hangs on it."""

    goal: Goal
    title: str
    words: list[tuple[str, str]]
    due_on: dt.date | None
    """Its own date, or the last of what hangs on it."""
    overdue: bool
    agreed: str
    reached: str
    whose: str
    """Whose goal it is, where there are several mentees; empty for one's own."""
    reviews: list[ShownReview] = field(default_factory=list)
    history: list[ShownChange] = field(default_factory=list)
    """Every wording, date and state, where there is more than one; the newest first."""
    reworded: Reworded | None = None
    """How it was put and how it is put now, where the handbook asks for other words."""
    linked: list[Linked] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    plans: list["Plan"] = field(default_factory=list)
    may_mark: bool = False
    may_share: bool = False
    children: list["ShownGoal"] = field(default_factory=list)

    @property
    def due(self) -> str:
        """The day by which it is meant, in words."""
        return dates.day(self.due_on) if self.due_on else ""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be reached."""
        return self.goal.state in STILL_OPEN

    @property
    def is_stuck(self) -> bool:
        """Whether two sheets running said that it is off track (``phase1.must.49``)."""
        return [one.code for one in self.history[:2]] == [GoalState.OFF_TRACK] * 2

    @property
    def state(self) -> str:
        """The colour of its state."""
        return {GoalState.REACHED: "good", GoalState.OFF_TRACK: "due"}.get(GoalState(self.goal.state), "neutral")

    def whole(self) -> Iterator["ShownGoal"]:
        """It and everything that hangs on it."""
        yield self
        for child in self.children:
            yield from child.whole()


@dataclass(frozen=True)
class GoalList:
    """A worksheet on which something of the page is written."""

    worksheet: Worksheet
    open_sheet: Output | None
    """The reader's own that is still to be sent, once it can be opened."""
    may_write: bool
    has_page: bool
    """Whether the reader finds a page of all its sheets."""


@dataclass(frozen=True)
class GoalsPage:
    """The page of goals."""

    goals: list[ShownGoal]
    """What hangs on nothing, each with what hangs on it."""
    lists: list[GoalList]
    review_sheet: Worksheet | None
    may_review: bool
    to_review: list[Output]
    """What the handbook wants looked at now that something was reached."""
    jotters: list[Worksheet]
    """What may be taken up at any time and names a goal: a small win, a page of a journal."""

    @property
    def main(self) -> GoalList | None:
        """The first of the lists."""
        return self.lists[0] if self.lists else None

    @property
    def all(self) -> list[ShownGoal]:
        """Every goal, what it hangs on before it."""
        return [one for goal in self.goals for one in goal.whole()]

    @property
    def coming(self) -> list[ShownGoal]:
        """What is still open and has a day of its own, the next first."""
        rows = [one for one in self.all if one.is_open and one.goal.due_on]
        return sorted(rows, key=lambda one: one.goal.due_on or _NO_LATER)

    @property
    def reached(self) -> list[ShownGoal]:
        """What was reached, the newest first."""
        rows = [one for one in self.all if one.goal.state == GoalState.REACHED]
        return sorted(rows, key=lambda one: one.goal.reached_on or _NO_LATER, reverse=True)

    @property
    def overdue(self) -> int:
        """How many are open past a day of their own."""
        return sum(one.overdue and one.goal.due_on is not None for one in self.all)


def goals_page(reader: Reader) -> GoalsPage:
    """Read the page, with the goals this person may read. A fixed number of queries."""
    outputs = outputs_for(reader.user, reader.pairing, reader)
    review = _sheet_for(reader, Use.GOAL_REVIEW)
    at_will = [sheet for sheet in reader.worksheets.values() if sheet is not review and _names_goals(sheet)]
    return GoalsPage(
        goals=_Tree(reader, outputs, review).roots(),
        lists=[_list(reader, outputs, sheet) for sheet in _with_goals(reader) if is_shown(sheet, outputs)],
        review_sheet=review,
        may_review=may_add(reader, review),
        to_review=_to_review(reader, outputs),
        jotters=[sheet for sheet in at_will if sheet.use is not Use.LOG and may_add(reader, sheet)],
    )


def _sheet_for(reader: Reader, use: Use) -> Worksheet | None:
    return next((sheet for sheet in reader.worksheets.values() if sheet.use is use), None)


def _with_goals(reader: Reader) -> list[Worksheet]:
    """The worksheets on which goals are written, the handbook's goal worksheet first."""
    found = [sheet for sheet in reader.worksheets.values() if any(one.kind is Kind.GOAL for one in sheet.fields())]
    return sorted(found, key=lambda sheet: (not sheet.in_use, sheet.use is not Use.GOALS, sheet.order, sheet.key))


def _names_goals(sheet: Worksheet) -> bool:
    """Whether a worksheet has a goal chosen and writes none itself."""
    fields = sheet.fields()
    return any(names_goals(one) for one in fields) and not any(one.kind is Kind.GOAL for one in fields)


def _to_review(reader: Reader, outputs: list[Output]) -> list[Output]:
    fields = (one for sheet in _with_goals(reader) for top in sheet.fields() for one in lists_in(top))
    names = {one.reached_opens for one in fields if one.reached_opens}
    now = clock.now()
    return [
        row
        for row in outputs
        if row.worksheet in names and row.is_open and row.opens_at and row.opens_at <= now and reader.owes(row)
    ]


def _list(reader: Reader, outputs: list[Output], sheet: Worksheet) -> GoalList:
    now = clock.now()
    mine = (row for row in outputs if row.worksheet == sheet.key and reader.owes(row) and _is_at_hand(row, now))
    return GoalList(sheet, next(mine, None), may_add(reader, sheet), has_page(reader, sheet, outputs))


def _is_at_hand(row: Output, now: dt.datetime) -> bool:
    """Whether a sheet can be gone on with: it is begun, or its time to be opened has come."""
    return row.is_open and (row.response_id is not None or (row.opens_at is not None and row.opens_at <= now))


class _Tree:
    """The goals of a pair as one person reads them. Everything is read once."""

    def __init__(self, reader: Reader, outputs: list[Output], review: Worksheet | None) -> None:
        self.reader = reader
        zone = reader.person.zone if reader.person else first_zone(reader.user.zone, reader.pairing.cohort.zone)
        self.zone = zone
        self.today = self._day(clock.now())
        self.asked = asked_in_lists(reader)
        self.reviews = reviews_of(reader, outputs, review, self._day)
        self.mentions: dict[str, list[Mention]] = {}
        for one in mentions_in(reader, outputs, self._day):
            if review is None or one.worksheet.key != review.key:
                self.mentions.setdefault(one.row, []).append(one)
        self.outputs = outputs
        self.for_each = [sheet for sheet in reader.worksheets.values() if sheet.one_for_each]
        self.goals = goals_for(reader)
        self.changes = changes_of(reader, self.goals)

    def _day(self, at: dt.datetime) -> dt.date:
        """Which day it was for the reader; the cohort's zone is the last resort."""
        return local_day(at, self.zone)

    def roots(self) -> list[ShownGoal]:
        """What hangs on nothing that this person may read."""
        there = {goal.pk for goal in self.goals}
        found = [goal for goal in self.goals if goal.parent_id not in there]
        found.sort(key=lambda goal: GoalLevel.values.index(goal.level))
        return [self._shown(goal) for goal in found]

    def _shown(self, goal: Goal) -> ShownGoal:
        children = [self._shown(one) for one in self.goals if one.parent_id == goal.pk]
        due_on = goal.due_on or max((one.due_on for one in children if one.due_on), default=None)
        asked = self.asked.get((goal.worksheet, goal.field, goal.level), Asked())
        changes = self.changes.get(goal.pk, [])
        mentions = self.mentions.get(goal.row, [])
        return ShownGoal(
            goal=goal,
            title=goal.title,
            words=[
                (label, goal.words[key])
                for key, label in asked.labels.items()
                if goal.words.get(key) and key != asked.reworded
            ],
            due_on=due_on,
            overdue=bool(due_on and due_on < self.today and goal.state in STILL_OPEN),
            agreed=dates.day(self._day(goal.agreed_at)) if goal.agreed_at else "",
            reached=dates.day(goal.reached_on) if goal.reached_on else "",
            whose=self._whose(goal),
            reviews=self.reviews.get(goal.row, []),
            history=self._history(changes, asked),
            reworded=reworded(changes, asked, self._told),
            linked=[Linked(dates.short_day(one.day), one) for one in reversed(mentions)],
            charts=charts_of(mentions),
            plans=list(self._plans(goal)),
            may_mark=may_mark(self.reader, goal),
            may_share=may_share(self.reader, goal),
            children=children,
        )

    def _plans(self, goal: Goal) -> Iterator[Plan]:
        """The sheets that are about this goal alone, as far as this person may read or begin them."""
        for sheet in self.for_each:
            if is_for_each(sheet, goal):
                there = [row for row in self.outputs if row.about_id == goal.pk and row.worksheet == sheet.key]
                mine = next((row for row in there if self.reader.owes(row)), None)
                other = next((row for row in there if self.reader.right_to(row) >= Right.READ), None)
                if mine or other or may_open_about(self.reader, sheet):
                    yield Plan(sheet, mine or other, mine is not None or other is None)

    def _whose(self, goal: Goal) -> str:
        writer = None if self.reader.pairing.is_pair else self.reader.writer_of(goal)
        return "" if writer is None or writer is self.reader.person else writer.short_name

    def _told(self, change: GoalChange) -> tuple[str, str]:
        """Who wrote it, and on which day."""
        who = self.reader.people.of(change.changed_by) if change.changed_by else None
        return who.short_name if who else "", dates.short_day(self._day(change.changed_at))

    def _history(self, changes: list[GoalChange], asked: Asked) -> list[ShownChange]:
        """The newest first; nothing where a goal stands as it was first sent."""
        if len(changes) < 2:
            return []
        found, words = [], None
        for one in changes:
            keys = [key for key in (*asked.labels, *one.words) if key != asked.proposed_by and one.words.get(key)]
            said = "\n".join(dict.fromkeys("\n".join(one.words[key] for key in keys).splitlines()))
            who, day = self._told(one)
            found.append(
                ShownChange(
                    on=self._day(one.changed_at),
                    day=day,
                    who=who,
                    code=one.state,
                    state=str(one.get_state_display()),
                    words=said if said != words else "",
                    session=one.session.number if one.session else None,
                )
            )
            words = said
        return found[::-1]
