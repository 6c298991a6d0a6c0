"""Pictures with figures to point at: the picture is there, and every figure has its place in it."""

from collections.abc import Iterator

from templates_app.domain.kit_files.faults import Problem
from templates_app.domain.kit_files.walking import Step
from templates_app.domain.kit_files.yaml_text import Loc
from templates_app.shapes import FieldShape, Filler, Kind, Kit, Worksheet

MOST_FIGURES = 40
"""More than anybody tells apart on a phone."""


def check_pictures(kit: Kit, steps: list[Step]) -> Iterator[Problem]:
    """Pictures that are missing, figures without a place in them, and places given where there is no picture."""
    for step in steps:
        field = step.shape
        if not isinstance(field, FieldShape) or field.hidden:
            continue
        if field.kind is Kind.PICTURE:
            yield from _picture(step, field)
            yield from _figures(step.loc, field)
            continue
        for index, option in enumerate(field.options):
            if option.x is not None or option.y is not None:
                yield Problem(
                    (*step.loc, "options", index), "Only figures of a field of kind 'picture' have a place (x, y)."
                )


def _picture(step: Step, field: FieldShape) -> Iterator[Problem]:
    if field.picture is None:
        yield Problem(step.loc, "A picture to point at is missing. Add 'picture' with its 'file' and 'words'.")
        return
    loc = (*step.loc, "picture")
    if not field.picture.kept:
        message = f"There is no picture '{field.picture.file}'. Put it into the folder 'pictures', or name another."
        yield Problem((*loc, "file"), message)
    if not field.picture.words.strip():
        yield Problem(loc, "Say in 'words' what the picture shows, for those who do not see it.")
    sheet = next((one for one in step.parents if isinstance(one, Worksheet)), None)
    if sheet is not None and sheet.filled_by is Filler.SUPERVISOR:
        yield Problem(step.loc, "Whoever has no account sees no picture of a handbook. Ask with a choice here.")


def _figures(loc: Loc, field: FieldShape) -> Iterator[Problem]:
    if field.options_from or field.other:
        yield Problem(loc, "A picture has figures of its own alone: take 'options_from' and 'other' out.")
    if len(field.options) > MOST_FIGURES:
        yield Problem((*loc, "options"), f"A picture has at most {MOST_FIGURES} figures.")
    for index, figure in enumerate(field.options):
        here = (*loc, "options", index)
        if figure.x is None or figure.y is None:
            yield Problem(
                here, f"Say where '{figure.key}' is in the picture: 'x' and 'y', in per cent from the upper left."
            )
        elif not (0 <= figure.x <= 100 and 0 <= figure.y <= 100):
            yield Problem(here, f"'{figure.key}' is outside the picture: 'x' and 'y' go from 0 to 100 per cent.")
