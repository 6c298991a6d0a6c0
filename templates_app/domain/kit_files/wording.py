"""Pydantic's errors in the words of somebody who writes a kit."""

import difflib
from typing import Any

from pydantic import BaseModel

from templates_app import shapes

_NAMES = sorted(
    {
        alias
        for thing in vars(shapes).values()
        if isinstance(thing, type) and issubclass(thing, BaseModel)
        for alias in thing.model_fields
    }
)

_KINDS = {
    "string_type": "text",
    "list_type": "a list, each item on a line of its own with a dash",
    "dict_type": "names with values",
    "model_type": "names with values",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
}


_BOUNDS = {
    "less_than_equal": ("le", "it may be at most"),
    "greater_than_equal": ("ge", "it has to be at least"),
    "greater_than": ("gt", "it has to be more than"),
    "less_than": ("lt", "it has to be less than"),
}
"""Of numbers that are too small or too large: what the bound is called, and what to say of it."""


def in_plain_words(error: dict[str, Any]) -> str:
    """What to do about one of pydantic's errors (an item of ``ValidationError.errors()``)."""
    kind, loc, given, context = error["type"], error["loc"], error.get("input"), error.get("ctx", {})
    # A name is quoted; a position in a list says nothing to a reader who has the line.
    name = next((part for part in reversed(loc) if isinstance(part, str)), "")
    if kind == "missing":
        return f"'{name}' is missing here. Add it."
    if kind == "extra_forbidden":
        return f"'{name}' is not known here. {_instead(name)}"
    if kind in {"enum", "literal_error"}:
        return f"'{name}' is {given!r}. Choose one of: {context['expected']}."
    if kind == "string_pattern_mismatch":
        return f"{given!r} cannot be a key. {_pattern(context['pattern'])}"
    if kind in _BOUNDS:
        bound, words = _BOUNDS[kind]
        return f"'{name}' is {given!r}: {words} {context[bound]}."
    if kind in _KINDS:
        return _expected(name, given, _KINDS[kind])
    if kind == "value_error":
        said = str(context["error"])
        return said[:1].upper() + said[1:] + "."
    return f"'{name}': {error['msg']}."


def _instead(name: str) -> str:
    """What to do about a name that its place does not know: perhaps it is misspelt, or stands in another place."""
    if name in _NAMES:
        return "It is a name for another place in the kit: move it there (docs/kits.md says where), or take it out."
    near = difflib.get_close_matches(name, _NAMES, n=1)
    return f"Did you mean '{near[0]}'?" if near else "Take it out."


def _pattern(pattern: str) -> str:
    joint = "hyphens" if "-]" in pattern else "underscores"
    return f"Use small letters, digits and {joint}, with a letter first."


def _expected(name: str, given: Any, wanted: str) -> str:
    if given is None:
        return f"'{name}' is empty. Give {wanted}, or take the line out."
    advice = " Put it in quotes." if wanted == "text" and isinstance(given, int | float | bool) else ""
    if name == "readers" and wanted == "text":
        advice = " Of a single question give the preset alone, as in 'readers: private'."
    return f"'{name}' should be {wanted}, but is {_short(given)}.{advice}"


def _short(given: Any) -> str:
    if isinstance(given, dict):
        return "names with values"
    if isinstance(given, list):
        return "a list"
    return repr(given)[:60]
