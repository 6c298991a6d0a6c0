"""What a handbook cannot do without stays in use: else people would wait for a sheet that nobody can begin."""

from collections.abc import Iterator

from templates_app import shapes
from templates_app.domain.kit_files.faults import Problem
from templates_app.domain.kit_files.walking import Step, walk
from templates_app.domain.kit_files.yaml_text import Loc
from templates_app.shapes import Kit, Shape, Worksheet
from templates_app.shapes.people import Approval, Asking, FirstTalk

Naming = tuple[tuple[type[Shape], str], ...]

NEEDS: Naming = (
    (shapes.Phases, "worksheet"),
    (shapes.Plan, "sessions_wait_for"),
    (shapes.Worksheet, "waits_for"),
    (shapes.Survey, "worksheet"),
    (shapes.Joining, "enrolment"),
    (shapes.Joining, "gates"),
    (Approval, "worksheet"),
    (Asking, "worksheet"),
    (FirstTalk, "worksheet"),
    (shapes.MatchRule, "worksheet"),
    (shapes.Managers, "worksheet"),
    (shapes.Managers, "needs"),
    (shapes.Notice, "worksheets"),
    (shapes.Running, "before_opening"),
    (shapes.Running, "criteria"),
    (shapes.Running, "purpose"),
)
"""Where a worksheet is asked for, or waited for: one that is out of use cannot be named there."""
MENTIONS: Naming = (
    (shapes.Stage, "worksheets"),
    (shapes.Task, "worksheet"),
    (shapes.TalkGuide, "worksheet"),
    (shapes.Offer, "opens"),
    (shapes.Option, "worksheets"),
    (shapes.Worksheet, "see_also"),
    (shapes.FieldShape, "reached_opens"),
    (shapes.FieldShape, "calls_for"),
)
"""Where one is within reach: nobody is led to it from there while it is out of use."""
READS_FROM: Naming = (
    (shapes.Take, "worksheet"),
    (shapes.Gathers, "worksheet"),
    (shapes.BesideSheet, "worksheet"),
    (shapes.Measure, "worksheet"),
    (shapes.Measure, "worksheets"),
)
"""Where only what was written on it is read: that goes on."""


def check_out_of_use(kit: Kit, steps: list[Step]) -> Iterator[Problem]:
    """Worksheets that are out of use, and without which something else would come to a stop."""
    put_by = {sheet.key: sheet.title for sheet in kit.worksheets if not sheet.in_use}
    if put_by:
        for loc, name in _named(steps, NEEDS):
            if name in put_by:
                yield Problem(loc, _words(put_by[name]))


def mentions_of(kit: Kit, key: str) -> list[Loc]:
    """Where a kit still has a worksheet within reach, beside its own page: told to whoever takes it out of use."""
    return [loc for loc, name in _named(walk(kit), MENTIONS) if name == key]


def _named(steps: Iterator[Step] | list[Step], naming: Naming) -> Iterator[tuple[Loc, str]]:
    """Every worksheet named in these places, by key. What is out of use itself may name any."""
    for step in steps:
        if any(isinstance(one, Worksheet) and not one.in_use for one in (step.shape, *step.parents)):
            continue
        for shape, attribute in naming:
            if isinstance(step.shape, shape):
                value = getattr(step.shape, attribute)
                names = value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]
                yield from (((*step.loc, attribute), name) for name in names if name)


def _words(title: str) -> str:
    return f"“{title}” is out of use, and this cannot do without it. Name another here, or put it back into use."
