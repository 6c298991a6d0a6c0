"""No key stands twice in the same place."""

from collections.abc import Iterable, Iterator

from templates_app.domain.kit_files.faults import Problem
from templates_app.domain.kit_files.walking import Step
from templates_app.domain.kit_files.yaml_text import Loc
from templates_app.shapes import FieldShape, Kit, Shape, Worksheet

OTHER = "other"
"""Key of the answer 'other' that ``other: true`` adds to a choice."""

RESERVED = "agreement"
"""No worksheet may take this key: the agreement's own fields go under it."""

_NAMES = ("key", "number", "term")
"""Attributes that tell the items of a list apart."""


def check_keys(kit: Kit, steps: list[Step]) -> Iterator[Problem]:
    """Keys, session numbers and terms that are given twice, or that the application uses itself."""
    for step in steps:
        for name, value in step.shape:
            if isinstance(value, list) and value and isinstance(value[0], Shape):
                yield from _twice((((*step.loc, name, index), item) for index, item in enumerate(value)))
        if isinstance(step.shape, Worksheet):
            yield from _across_sections(step.loc, step.shape)
            if step.shape.key == RESERVED:
                yield Problem((*step.loc, "key"), f"'{RESERVED}' is the agreement's own key. Choose another.")
        if isinstance(step.shape, FieldShape) and step.shape.other:
            for index, option in enumerate(step.shape.options):
                if option.key == OTHER:
                    message = "'other: true' already adds this option. Take one of the two out."
                    yield Problem((*step.loc, "options", index), message)


def _across_sections(loc: Loc, sheet: Worksheet) -> Iterator[Problem]:
    """A worksheet's answers are kept by field key alone, so its sections share one set of keys."""
    first: dict[str, int] = {}
    for number, section in enumerate(sheet.sections):
        for index, field in enumerate(section.fields):
            if first.setdefault(field.key, number) != number:
                message = f"The key '{field.key}' is used in another section of this worksheet already. Choose another."
                yield Problem((*loc, "sections", number, "fields", index, "key"), message)


def _twice(items: Iterable[tuple[Loc, Shape]]) -> Iterator[Problem]:
    seen: set[tuple[str, object]] = set()
    for loc, item in items:
        for name in _NAMES:
            value = getattr(item, name, None)
            if value is None:
                continue
            if (name, value) in seen:
                yield Problem((*loc, name), f"The {name} '{value}' is used twice in this list. Choose another.")
            seen.add((name, value))
