"""Making a question one of another kind: what becomes of it, and of what was answered."""

from copy import deepcopy

from django.utils.translation import gettext as _

from programmes.domain.designing.kinds import (
    begin_field,
    kinds_within,
    labelled,
    settings_of,
    tidy_field,
)
from programmes.domain.designing.places import Field, inside
from templates_app.shapes import Kind
from templates_app.shapes.kinds import HAS_ITEMS, HAS_OPTIONS, HAS_POINTS, ROWS, SHOWN

_USUAL = (
    "key",
    "kind",
    "label",
    "label_for",
    "help",
    "by",
    "need",
    "show_if",
    "hidden",
    "readers",
    "sensitive",
    "meaning",
    "source",
    "ours",
)

_PLACE = ("x", "y")
_OF_OPTIONS = ("key", "label", "help", "source", *_PLACE)

_WRITTEN = (Kind.EMAIL, Kind.URL, Kind.PHONE, Kind.NUMBER, Kind.DATE, Kind.TIME)
_ALL = (
    {(Kind.TEXT, Kind.LONGTEXT), (Kind.CHOICE, Kind.CHOICES), (Kind.TABLE, Kind.GROUP)}
    | {(kind, Kind.TEXT) for kind in _WRITTEN}
    | {(kind, Kind.LONGTEXT) for kind in _WRITTEN}
)
_SOME = (
    {(Kind.LONGTEXT, Kind.TEXT), (Kind.SCALE, Kind.NUMBER), (Kind.NUMBER, Kind.SCALE), (Kind.CHOICES, Kind.RANKED)}
    | {(Kind.RANKED, Kind.CHOICES), (Kind.GROUP, Kind.TABLE)}
    | {(kind, Kind.PICTURE) for kind in (Kind.CHOICE, Kind.CHOICES, Kind.RANKED)}
    | {(Kind.PICTURE, kind) for kind in (Kind.CHOICES, Kind.RANKED)}
    | {(source, kind) for source in (Kind.TEXT, Kind.LONGTEXT) for kind in _WRITTEN}
    | {(source, kind) for source in (Kind.CHOICE, Kind.SCALE) for kind in (Kind.TEXT, Kind.LONGTEXT)}
    | {(Kind.SCALE, Kind.DURATION), (Kind.NUMBER, Kind.DURATION), (Kind.DURATION, Kind.NUMBER), (Kind.DATE, Kind.PHONE)}
    | {(one, other) for one in ROWS for other in ROWS if one != other and (one, other) != (Kind.TABLE, Kind.GROUP)}
)


def survival(old: Kind, new: Kind) -> str:
    """Whether answers of one kind survive as another: ``all``, ``some`` (those that fit), ``none``."""
    if old == new or (old, new) in _ALL:
        return "all"
    return "some" if (old, new) in _SOME else "none"


def retyped(field: Field, kind: Kind) -> Field:
    """The question as another kind: what both know is kept, what the new one needs is begun, the rest is left out."""
    new = {name: deepcopy(field[name]) for name in (*_USUAL, *settings_of(kind)) if name in field}
    new["kind"] = str(kind)
    if kind is Kind.PICTURE and field.get("picture"):
        new["picture"] = deepcopy(field["picture"])
    _take_lists(field, new, kind)
    if kind in SHOWN:
        for name in ("by", "label_for"):
            new.pop(name, None)
    if kind is Kind.NOTE:
        new = _as_note(new)
    elif not new.get("label"):
        new["label"] = str(field.get("text", ""))[:200] or _("Question")
    begin_field(new, [])
    tidy_field(new)
    return new


def _as_note(field: Field) -> Field:
    """What was asked becomes what is read; where there is a text already, it stays the heading above it."""
    said = {name: value for name, value in field.items() if name != "need"}
    return said if said.get("text") else {**said, "label": "", "text": field.get("label", "")}


def _take_lists(field: Field, new: Field, kind: Kind) -> None:
    if kind in HAS_OPTIONS and (lines := field.get("options") or field.get("items")):
        new["options"] = [
            {name: line[name] for name in _OF_OPTIONS if name in line and (name not in _PLACE or kind is Kind.PICTURE)}
            for line in lines
        ]
    elif kind in HAS_OPTIONS and field["kind"] == Kind.SCALE:
        points = [str(point.get("label") or point["value"]) for point in field.get("points", [])]
        new["options"] = labelled(points, "answer")
    if kind in HAS_ITEMS and (
        lines := field.get("items") or (field.get("options") if kind is not Kind.TABLE else None)
    ):
        new["items"] = [
            {name: value for name, value in line.items() if name not in {"apart", *_PLACE}} for line in lines
        ]
    if kind in HAS_POINTS and field.get("points"):
        new["points"] = deepcopy(field["points"])
    if kind in ROWS and Kind(field["kind"]) in ROWS and (parts := field.get(inside(field))):
        fits = {card.kind for card in kinds_within([{"kind": str(kind)}])}
        new[inside(new)] = [deepcopy(part) for part in parts if Kind(part["kind"]) in fits]
        for part in new[inside(new)] if not new.get("items") else ():
            part.pop("by", None)  # one side writes a column only where the lines are fixed
