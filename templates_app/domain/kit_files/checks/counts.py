"""Counts that make sense: no days, minutes or rows below what there can be, and no most below its least.

The shapes do not bound these numbers: a handbook that has stood since before with such a number in it has to open, so that it can
be put right.
"""

from collections.abc import Iterator

from templates_app import shapes
from templates_app.domain.kit_files.faults import Problem
from templates_app.domain.kit_files.walking import Step
from templates_app.domain.kit_files.yaml_text import Loc
from templates_app.shapes import FieldShape, Kit, Meeting, OutsideSigner, Reminder, Shape
from templates_app.shapes.kinds import ROWS
from templates_app.shapes.people import Approval, Levels

_MONTHS, _DAYS = 1200, 3650

_BOUNDS: tuple[tuple[type[Shape], str, float | None, float | None], ...] = (
    (shapes.Plan, "months", 1, _MONTHS),
    (shapes.Plan, "sessions", 0, None),
    (shapes.Plan, "interval_months", 1, _MONTHS),
    (shapes.Plan, "quiet_days", 1, _DAYS),
    (shapes.Plan, "notice_hours", 0, None),
    (Meeting, "min_minutes", 1, None),
    (Meeting, "default_minutes", 1, None),
    (Meeting, "max_minutes", 1, None),
    (shapes.Slice, "minutes", 1, None),
    (shapes.Way, "longest", 1, None),
    (shapes.MonthlyGuide, "meetings", 0, None),
    (shapes.MonthlyGuide, "hours", 0, None),
    (shapes.Matching, "capacity", 1, None),
    (shapes.Stage, "number", 0, None),
    (shapes.Instant, "days", -_DAYS, _DAYS),
    (shapes.Instant, "months", -_MONTHS, _MONTHS),
    (Reminder, "first_after", 0, _DAYS),
    (Reminder, "every", 1, _DAYS),
    (Reminder, "at_most", 0, None),
    (Reminder, "escalate_after", 0, _DAYS),
    (OutsideSigner, "days", 1, _DAYS),
    (OutsideSigner, "remind_after", 1, _DAYS),
    (shapes.SheetSigning, "remind_after", 1, _DAYS),
    (shapes.Worksheet, "minutes", 1, None),
    (shapes.Talk, "apart", 1, None),
    (FieldShape, "min_rows", 0, None),
    (FieldShape, "max_rows", 1, None),
    (FieldShape, "start_rows", 0, None),
    (FieldShape, "max_length", 1, None),
    (FieldShape, "remind_days", 0, _DAYS),
)
"""Which number of which shape is at least and at most how much. Of an instant they may be negative: before its anchor."""

NEVER_REMINDED = (
    "Nobody would be reminded: the link works no longer by then. Let 'remind_after' be less than 'days', or say "
    "'remind_after: null'."
)
TOO_FEW_ROWS = "'min_rows' is larger than 'max_rows'. Make one of them fit the other."
TOO_MANY_ROWS = "'start_rows' is larger than 'max_rows'. Make one of them fit the other."


def check_counts(kit: Kit, steps: list[Step]) -> Iterator[Problem]:
    """Numbers that are too small or too large, alone or beside each other."""
    for step in steps:
        for shape, name, least, most in _BOUNDS:
            if isinstance(step.shape, shape):
                yield from _bound((*step.loc, name), name, getattr(step.shape, name), least, most)
        match step.shape:
            case FieldShape() if step.shape.kind in ROWS:
                yield from _rows(step.loc, step.shape)
            case OutsideSigner() | Approval():
                if step.shape.remind_after is not None and step.shape.remind_after >= step.shape.days:
                    yield Problem((*step.loc, "remind_after"), NEVER_REMINDED)
            case Reminder() if not step.shape.at_most and step.shape.escalate_after is None:
                message = "Nobody would ever hear of it: give 'at_most' more than 0, or say 'escalate_after'."
                yield Problem((*step.loc, "at_most"), message)
            case Levels() if step.shape.least > step.shape.most:
                yield Problem((*step.loc, "least"), "'least' is larger than 'most'. Make one of them fit the other.")


def _bound(loc: Loc, name: str, value: float | None, least: float | None, most: float | None) -> Iterator[Problem]:
    if value is not None and least is not None and value < least:
        yield Problem(loc, f"'{name}' is {value}: it has to be at least {least}.")
    if value is not None and most is not None and value > most:
        yield Problem(loc, f"'{name}' is {value}: it may be at most {most}.")


def _rows(loc: Loc, field: FieldShape) -> Iterator[Problem]:
    if field.min_rows > field.max_rows:
        yield Problem((*loc, "min_rows"), TOO_FEW_ROWS)
    elif field.start_rows > field.max_rows:
        yield Problem((*loc, "start_rows"), TOO_MANY_ROWS)
