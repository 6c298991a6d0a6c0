"""Everything in a kit says where it comes from."""

from collections.abc import Iterator

from templates_app.domain.kit_files.faults import Problem
from templates_app.domain.kit_files.walking import Step
from templates_app.shapes import ConsentItem, Item, Kit, Moment, Option, Point, Section, Sourced

_PART_OF_ITS_PARENT = (ConsentItem, Item, Moment, Option, Point, Section)
"""What belongs to the field or worksheet it stands in, and needs no mark where it has no id of its own."""


def check_marks(kit: Kit, steps: list[Step]) -> Iterator[Problem]:
    """Items that name no source and are not marked as ours, nor stand in something that is."""
    for step in steps:
        item = step.shape
        if not isinstance(item, Sourced) or isinstance(item, _PART_OF_ITS_PARENT) or item.source or item.ours:
            continue
        if not any(isinstance(parent, Sourced) and parent.ours for parent in step.parents):
            message = "This names no source. Add 'source' with the id it stands for, or 'ours: true' if it is your own."
            yield Problem(step.loc, message)
