"""The parts of a handbook that a coordinator may change, and where each stands in its content."""

import hashlib
import json
from typing import Any

from django.utils.translation import gettext_lazy as _

from programmes.domain.handbook.fields import Field, ListPart, TextsPart
from programmes.domain.handbook.lists import LISTS
from programmes.domain.handbook.texts import TEXTS

__all__ = [
    "ARTICLE",
    "COURSE",
    "LISTS",
    "PLAN",
    "TEXTS",
    "Field",
    "ListPart",
    "TextsPart",
    "fingerprint",
    "is_inside",
    "list_part",
    "path_of",
    "texts_part",
    "title_of",
    "value_at",
    "value_inside",
    "with_value",
]

ARTICLE = "article"
"""Articles stand in a table of their own; their part is ``article:<key>``."""
PLAN = "plan"
COURSE = "course"
"""Sessions are counted in the plan and named by their stages: where a change touches all of these, they are one part."""
_COURSE = ("stages", "sessions", "plan")


def list_part(slug: str) -> ListPart | None:
    """The list that an address names."""
    return next((part for part in LISTS if part.slug == slug), None)


def texts_part(name: str) -> TextsPart | None:
    """The part of some texts that has this name, in addresses too."""
    return next((part for part in TEXTS if part.name == name), None)


def value_at(content: dict[str, Any], part: str) -> Any:
    """What stands in a part of a handbook's content."""
    texts = texts_part(part)
    if texts is not None:
        place = _at(content, texts.path)
        return {field.name: _at(place, field.name) for field in texts.fields}
    if part == COURSE:
        return {name: content[name] for name in _COURSE}
    return _at(content, part)


def _at(content: dict[str, Any], path: str) -> Any:
    value: Any = content
    for name in path.split(".") if path else ():
        value = value[name]
    return value


def with_value(content: dict[str, Any], part: str, value: Any) -> dict[str, Any]:
    """The content with another value in a part; the one given is left as it is."""
    texts = texts_part(part)
    if texts is not None:
        for name, said in value.items():
            content = _with(content, f"{texts.path}.{name}".lstrip("."), said)
        return content
    return _with(content, "" if part == COURSE else part, value)


def _with(content: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    if not path:
        return {**content, **value}
    name, _dot, rest = path.partition(".")
    return {**content, name: _with(content[name], rest, value) if rest else value}


def path_of(part: str) -> tuple[str, ...]:
    """Where a part stands, as the checks name places."""
    texts = texts_part(part)
    path = texts.path if texts is not None else "" if part == COURSE else part
    return tuple(path.split(".")) if path else ()


def is_inside(part: str, whole: str) -> bool:
    """Whether a change of ``whole`` holds all of ``part``."""
    if part == whole:
        return True
    if texts_part(whole) is not None or whole.startswith(f"{ARTICLE}:"):
        return False
    inside = ".".join(path_of(part))
    places = _COURSE if whole == COURSE else (whole,)
    return bool(inside) and any(f"{inside}.".startswith(f"{place}.") for place in places)


def value_inside(part: str, whole: str, value: Any) -> Any:
    """What stood in ``part`` when ``whole`` had this value."""
    return value if part == whole else value_at(with_value({}, whole, value), part)


def fingerprint(value: Any) -> str:
    """Tells whether something still reads as it did when a form was opened."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def title_of(part: str) -> str:
    """A part's name for people, as history keeps it."""
    if part.startswith(f"{ARTICLE}:"):
        return str(_("guidance"))
    titles = {one.name: one.title for one in (*LISTS, *TEXTS)} | {
        PLAN: _("the plan"),
        COURSE: _("the sessions"),
        "partners": _("the organisations that carry it"),
    }
    return str(titles.get(part, part))
