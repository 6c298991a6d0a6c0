"""Where something stands in a worksheet's definition, and what new things are called.

A question is named by the keys that lead to it, joined by dots: ``goals`` is a question of the sheet, ``goals.actions``
one that is asked inside its rows. Questions of all sections share one set of keys, so no section is named.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify

from templates_app.shapes import Kind
from templates_app.shapes.kinds import ROWS

Definition = dict[str, Any]
Field = dict[str, Any]

MOST_DEEP = 2
"""A group may hold a group, and that one no further: two levels of blocks below the sheet's own."""


class Gone(LookupError):
    """What was to be changed is not there (any more)."""


@dataclass(frozen=True)
class Spot:
    """A question where it stands: its level's list, its place in it, and what it stands in, outermost first."""

    field: Field
    level: list[Field]
    index: int
    section: dict[str, Any]
    parents: tuple[Field, ...] = ()

    @property
    def place(self) -> str:
        """The question's own name."""
        return ".".join(one["key"] for one in (*self.parents, self.field))

    @property
    def above(self) -> str:
        """The name of the question it stands in; empty on the sheet's own level."""
        return ".".join(one["key"] for one in self.parents)


def inside(field: Field) -> str:
    """Under which name a question holds those of its rows: tables ask in columns, blocks in fields."""
    if field["kind"] == Kind.TABLE or field.get("columns"):
        return "columns"
    return "fields"


def spots(definition: Definition) -> Iterator[Spot]:
    """Every question of a worksheet, in its order, each followed by those inside it."""
    for section in definition.get("sections", []):
        yield from _spots(section.setdefault("fields", []), section, ())


def _spots(level: list[Field], section: dict[str, Any], parents: tuple[Field, ...]) -> Iterator[Spot]:
    for index, field in enumerate(level):
        yield Spot(field, level, index, section, parents)
        if field["kind"] in ROWS:
            yield from _spots(field.get(inside(field), []), section, (*parents, field))


def spot_of(definition: Definition, place: str) -> Spot:
    """The question of that name. Raises ``Gone``."""
    found = next((spot for spot in spots(definition) if spot.place == place), None)
    if found is None:
        raise Gone(place)
    return found


def beside(definition: Definition, spot: Spot) -> list[Field]:
    """The other questions of the same level, over all sections: those that a condition may speak of."""
    return [
        one.field
        for one in spots(definition)
        if one.parents == spot.parents and one.field is not spot.field and not one.field.get("hidden")
    ]


def level_at(definition: Definition, container: str) -> list[Field]:
    """The list of questions of a section (``section:you``) or inside a question (``in:goals``). Raises ``Gone``."""
    what, _colon, name = container.partition(":")
    if what == "section":
        return section_of(definition, name).setdefault("fields", [])
    field = spot_of(definition, name).field
    if field["kind"] not in ROWS:
        raise Gone(container)
    return field.setdefault(inside(field), [])


def section_of(definition: Definition, key: str) -> dict[str, Any]:
    """The section of that key. Raises ``Gone``."""
    return one_of(definition.get("sections", []), key)


def moment_of(definition: Definition, key: str) -> dict[str, Any]:
    """The moment of that key. Raises ``Gone``."""
    return one_of(definition.get("moments", []), key)


def one_of(items: Iterable[dict[str, Any]], key: str) -> dict[str, Any]:
    """The item of that key. Raises ``Gone``."""
    found = next((item for item in items if item["key"] == key), None)
    if found is None:
        raise Gone(key)
    return found


def move(items: list[Any], index: int, by: int) -> None:
    """Move an item up (-1) or down (1); at the edge nothing changes."""
    other = index + by
    if 0 <= other < len(items):
        items[index], items[other] = items[other], items[index]


# --- Keys -----------------------------------------------------------------------------------------------------------


def keys_at(above: str, definitions: Iterable[Definition]) -> set[str]:
    """The keys of all questions that stand inside the one called ``above`` (empty: on the sheet's own level).

    Earlier versions count too: a key that was given up is never given to another question, whose answers would be taken
    for those of the first.
    """
    return {spot.field["key"] for definition in definitions for spot in spots(definition) if spot.above == above}


def lines_at(place: str, definitions: Iterable[Definition]) -> set[str]:
    """The keys of all answers and lines that the question of that name has or had in these versions of its worksheet.

    A key that was given up is never given to another answer, which would be counted with what was answered by it before.
    """
    fields = [spot.field for definition in definitions for spot in spots(definition) if spot.place == place]
    lines = [line for field in fields for name in ("options", "items") for line in field.get(name, ())]
    return {line["key"] for line in lines}


def new_key(words: str, taken: Iterable[str], *, fallback: str, joint: str = "_") -> str:
    """A key made of words that nothing else has. Keys never change afterwards, whatever becomes of the words."""
    stem = re.sub(r"[^a-z0-9]+", joint, slugify(words))[:40].strip(joint)
    if not stem[:1].isalpha():
        stem = f"{fallback}{joint}{stem}".rstrip(joint)
    known, key, number = set(taken), stem, 1
    while key in known:
        number += 1
        key = f"{stem}{joint}{number}"
    return key


def tidy(item: dict[str, Any], defaults: dict[str, Any]) -> None:
    """Leave out what stands at its default, as published versions do."""
    for name, value in defaults.items():
        if name in item and item[name] == value:
            del item[name]


def label_of(field: Field) -> str:
    """What a question is called in lists."""
    return str(field.get("label") or field.get("text", "").split("\n")[0][:80] or field["key"])
