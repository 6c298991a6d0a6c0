"""The goals page: each goal with its words, the mentor's view and what later reviews said of it."""

import datetime as dt
from dataclasses import dataclass, field

from mentoring.ui import dates
from pairs.domain.goal_words import goal_title, written_parts
from pairs.domain.goals import goals_for
from pairs.domain.instants import local_day
from pairs.domain.person import first_zone
from pairs.domain.queries import outputs_for
from pairs.domain.reading import Reader
from pairs.domain.sheets import may_add
from pairs.enums import Right
from pairs.models import Goal, Output
from templates_app.answers import ShownRow, display
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import answers_of
from templates_app.shapes import FieldShape, Kind, Use, Worksheet


@dataclass(frozen=True)
class ShownReview:
    """What one review said of one goal."""

    day: str
    row: ShownRow


@dataclass(frozen=True)
class ShownGoal:
    """One goal as the pair reads it."""

    goal: Goal
    title: str
    words: list[tuple[str, str]]
    due: str
    agreed: str
    whose: str
    """Whose goal it is, where there are several mentees; empty for one's own."""
    reviews: list[ShownReview] = field(default_factory=list)


@dataclass(frozen=True)
class GoalsPage:
    """The page of goals."""

    goals: list[ShownGoal]
    open_sheet: Output | None
    """The mentee's goal sheet that is still to be sent."""
    worksheet: Worksheet | None
    review_sheet: Worksheet | None
    may_write: bool
    may_review: bool


def goals_page(reader: Reader) -> GoalsPage:
    """Read the page, with the goals this person may read. A fixed number of queries."""
    outputs = outputs_for(reader.user, reader.pairing, reader)
    sheet = _sheet_for(reader, Use.GOALS)
    review = _sheet_for(reader, Use.GOAL_REVIEW)
    labels = _labels(sheet)
    reviews = _reviews(reader, outputs, review)
    mine = [row for row in outputs if sheet and row.worksheet == sheet.key and reader.owes(row)]
    return GoalsPage(
        goals=[_shown(reader, goal, labels, reviews.get(goal.row, [])) for goal in goals_for(reader)],
        open_sheet=next((row for row in mine if row.is_open), None),
        worksheet=sheet,
        review_sheet=review,
        may_write=may_add(reader, sheet),
        may_review=may_add(reader, review),
    )


def _sheet_for(reader: Reader, use: Use) -> Worksheet | None:
    return next((sheet for sheet in reader.worksheets.values() if sheet.use is use), None)


def _labels(sheet: Worksheet | None) -> dict[str, str]:
    fields = sheet.fields() if sheet else []
    return {part.key: part.label for field in fields if field.kind is Kind.GOAL for part in written_parts(field)}


def _day(reader: Reader, at: dt.datetime) -> dt.date:
    """Which day it was for the reader; the cohort's zone is the last resort."""
    zone = reader.person.zone if reader.person else first_zone(reader.user.zone, reader.pairing.cohort.zone)
    return local_day(at, zone)


def _shown(reader: Reader, goal: Goal, labels: dict[str, str], reviews: list[ShownReview]) -> ShownGoal:
    return ShownGoal(
        goal=goal,
        title=goal_title(goal.words, labels),
        words=[(label, goal.words[key]) for key, label in labels.items() if goal.words.get(key)],
        due=dates.day(goal.due_on) if goal.due_on else "",
        agreed=dates.day(_day(reader, goal.agreed_at)) if goal.agreed_at else "",
        whose=_whose(reader, goal),
        reviews=reviews,
    )


def _whose(reader: Reader, goal: Goal) -> str:
    writer = None if reader.pairing.is_pair else reader.writer_of(goal)
    return "" if writer is None or writer is reader.person else writer.short_name


def _reviews(reader: Reader, outputs: list[Output], sheet: Worksheet | None) -> dict[str, list[ShownReview]]:
    """Row id of a goal → what readable reviews said of it, oldest first."""
    found: dict[str, list[ShownReview]] = {}
    if sheet is None:
        return found
    sent = [row for row in outputs if row.worksheet == sheet.key and row.done_at and reader.right_to(row) >= Right.READ]
    for output in sorted(sent, key=lambda row: row.done_at):  # type: ignore[arg-type,return-value]
        for goal_row, shown in _reviewed(reader, output):
            assert output.done_at is not None
            day = dates.short_day(_day(reader, output.done_at))
            found.setdefault(goal_row, []).append(ShownReview(day, shown))
    return found


def _reviewed(reader: Reader, output: Output) -> list[tuple[str, ShownRow]]:
    assert output.response is not None
    sheet = worksheet_of(output.response.version)
    answers = answers_of(output.response)
    context = reader.context_for(output)
    sections = display(sheet, answers, context, reader.field_filter(output))
    shown = {answer.key: answer.shown.rows for section in sections for answer in section.answers}
    pairs = []
    for group in sheet.fields():
        choice = _goal_choice(group)
        if choice is not None:
            rows = [row for row in answers.get(group.key) or [] if isinstance(row, dict)]
            pairs += [(str(row.get(choice.key)), one) for row, one in zip(rows, shown.get(group.key, ()), strict=False)]
    return pairs


def _goal_choice(group: FieldShape) -> FieldShape | None:
    """The question of a row that says which goal it is about."""
    return next((part for part in group.fields if part.options_from == "goals"), None)
