"""Where in a handbook something stands, in words: a fault of another part is told with its place."""

from collections.abc import Iterable, Sequence
from textwrap import shorten
from typing import Any

from django.utils.translation import gettext as _

MOST_PLACES = 6
"""So many places are named, and so many things said, in one text; pages with a form say each at its place."""
_NAMES = ("title", "label", "term", "subject", "text", "key")


def placed(where: Sequence[str | int], message: str, values: Any, *, within: Sequence[str | int]) -> str:
    """The message, with the names of what it is about where that is not the part that is being changed."""
    if within and tuple(where[: len(within)]) == tuple(within):
        return message
    place = " › ".join(names_on(where, values)[:2])
    return _("“%(place)s”: %(message)s") % {"place": place, "message": message} if place else message


def names_on(where: Sequence[str | int], values: Any) -> list[str]:
    """What everything is called that one passes on the way to a place, outermost first."""
    names: list[str] = []
    value = values
    for step in where:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(value, dict) and isinstance(step, int):
            named = next((str(value[name]) for name in _NAMES if value.get(name)), "")
            names += [shorten(named, 60, placeholder="…")] if named else []
    return names


def told_together(messages: Iterable[str]) -> str:
    """Several messages as one text: what is said of several places is said once, and of the first few places."""
    places: dict[str, list[str]] = {}
    for message in messages:
        place, joint, said = message.rpartition("”: ")
        names = places.setdefault(said, [])
        if joint and f"{place}”" not in names:
            names.append(f"{place}”")
    lines = []
    for said, names in places.items():
        shown = ", ".join([*names[:MOST_PLACES], *(["…"] if len(names) > MOST_PLACES else [])])
        lines.append(f"{shown}: {said}" if shown else said)
    return " ".join(lines[:MOST_PLACES])
