"""A question says only what its kind can do: the settings of another kind would be passed over in silence."""

from collections.abc import Iterator

from templates_app.domain.kit_files.faults import Problem
from templates_app.domain.kit_files.walking import Step
from templates_app.shapes import FieldShape, Kind, Kit
from templates_app.shapes.belonging import BELONGS, misplaced_on

MOST_NAMED = 4
"""Where a setting belongs to more kinds than these, they are not all named."""


def check_belonging(kit: Kit, steps: list[Step]) -> Iterator[Problem]:
    """Settings of questions that belong to other kinds than theirs."""
    for step in steps:
        if isinstance(step.shape, FieldShape) and not step.shape.hidden:
            for name in misplaced_on(step.shape):
                message = f"'{name}' does nothing on a field of kind '{step.shape.kind}'. {_instead(name)}"
                yield Problem((*step.loc, name), message)


def _instead(name: str) -> str:
    kinds = [kind for kind in Kind if kind in BELONGS[name]]
    if len(kinds) > MOST_NAMED:
        return "Take it out."
    named = " or ".join(f"'{kind}'" for kind in kinds)
    return f"Take it out, or make the field one of kind {named}."
