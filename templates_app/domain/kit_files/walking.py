"""Every item of a kit, with where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from templates_app.domain.kit_files.yaml_text import Loc
from templates_app.shapes import Shape


@dataclass(frozen=True)
class Step:
    """One item met on a walk through a kit. ``parents`` are what it stands in, outermost first."""

    loc: Loc
    shape: Shape
    parents: tuple[Shape, ...]


def walk(shape: Shape, loc: Loc = (), parents: tuple[Shape, ...] = ()) -> Iterator[Step]:
    """The shape and everything in it, outside first, in the order of the files."""
    yield Step(loc, shape, parents)
    inside = (*parents, shape)
    for name in type(shape).model_fields:
        value = getattr(shape, name)
        if isinstance(value, Shape):
            yield from walk(value, (*loc, name), inside)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, Shape):
                    yield from walk(item, (*loc, name, index), inside)
