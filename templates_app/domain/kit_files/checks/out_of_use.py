"""What is out of use leads nowhere and is led to from nowhere, so that nobody is sent to a sheet that cannot be begun."""

from collections.abc import Iterator

from templates_app import shapes
from templates_app.domain.kit_files.faults import Problem
from templates_app.domain.kit_files.walking import Step
from templates_app.shapes import Kit, Shape, Worksheet
from templates_app.shapes.people import Approval, Asking, FirstTalk

LEADS_TO: tuple[tuple[type[Shape], str], ...] = (
    (shapes.Stage, "worksheets"),
    (shapes.Phases, "worksheet"),
    (shapes.Plan, "sessions_wait_for"),
    (shapes.Offer, "opens"),
    (shapes.Option, "worksheets"),
    (shapes.Worksheet, "see_also"),
    (shapes.Worksheet, "waits_for"),
    (shapes.FieldShape, "reached_opens"),
    (shapes.FieldShape, "calls_for"),
    (shapes.TalkGuide, "worksheet"),
    (shapes.Task, "worksheet"),
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
"""Where naming a worksheet has people begin it."""
READS_FROM: tuple[tuple[type[Shape], str], ...] = (
    (shapes.Take, "worksheet"),
    (shapes.Gathers, "worksheet"),
    (shapes.BesideSheet, "worksheet"),
    (shapes.Measure, "worksheet"),
    (shapes.Measure, "worksheets"),
)
"""Where naming one only reads what was written on it: that goes on."""


def check_out_of_use(kit: Kit, steps: list[Step]) -> Iterator[Problem]:
    """Places that would have people begin a worksheet that is out of use. What is out of use itself may name any."""
    put_by = {sheet.key: sheet.title for sheet in kit.worksheets if not sheet.in_use}
    if not put_by:
        return
    for step in steps:
        if any(isinstance(one, Worksheet) and not one.in_use for one in (step.shape, *step.parents)):
            continue
        for shape, attribute in LEADS_TO:
            if isinstance(step.shape, shape):
                for name in named_in(getattr(step.shape, attribute)):
                    if name in put_by:
                        yield Problem((*step.loc, attribute), _words(put_by[name]))


def named_in(value: object) -> list[object]:
    """The names that an attribute holds: one, several, or one for each role."""
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else [value]


def _words(title: str) -> str:
    return f"“{title}” is out of use ('in_use: false'), and is named here. Take it out here, or put it back into use."
