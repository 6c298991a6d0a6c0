"""Which settings belong to which kinds of questions: on any other kind a setting would do nothing at all.

The shapes do not refuse such a setting, since versions that were published long ago are read by them too; ``kit check`` does,
and the designer leaves it out.
"""

from typing import Any

from templates_app.shapes.fields import FieldShape
from templates_app.shapes.kinds import HAS_ITEMS, HAS_OPTIONS, HAS_POINTS, ROWS, SHOWN, SIGNED, WRITTEN, Kind

COMPARED = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.PICTURE, Kind.SCALE, Kind.CHECKLIST, Kind.TEXT, Kind.NUMBER})
"""Kinds of which a condition may name the answers (``is_in``): page and server then compare the same. In a checklist it names
lines that are ticked."""
LOOKED_AT = frozenset(Kind) - SHOWN - SIGNED
"""Kinds of which a condition may ask whether there is an answer (``filled``). What is shown has none, and where somebody else
signs the page does not know of it."""
SUMMED = frozenset({Kind.NUMBER, Kind.DURATION, Kind.SCALE})
"""Kinds of columns whose answers are figures, and can be added up."""
COUNTED = ROWS | {Kind.CHOICES, Kind.RANKED, Kind.PICTURE}
"""Kinds that hold several things to be counted: rows, or what was chosen."""

_FIGURES = frozenset({Kind.NUMBER, Kind.DURATION})
_DAYS = frozenset({Kind.DATE, Kind.DATETIME})
_IN_WORDS = WRITTEN | {Kind.EMAIL, Kind.URL, Kind.PHONE}
_BESIDE = frozenset(Kind) - SHOWN

BELONGS: dict[str, frozenset[Kind]] = {
    "prefill": _IN_WORDS | _FIGURES | _DAYS | {Kind.TIME, Kind.CHOICE, Kind.PERSON},
    "begins": WRITTEN | {Kind.TABLE},
    "compute": frozenset({Kind.COMPUTED}),
    "layers": frozenset({Kind.COMPUTED}),
    "unit": _FIGURES | {Kind.COMPUTED},
    "unit_one": frozenset({Kind.NUMBER, Kind.COMPUTED}),
    "minimum": _FIGURES,
    "maximum": _FIGURES,
    "step": frozenset({Kind.NUMBER}),
    "line": frozenset({Kind.NUMBER}),
    "not_before": _DAYS,
    "not_after": _DAYS,
    "remind_days": frozenset({Kind.DATE}),
    "max_length": _IN_WORDS,
    "options": HAS_OPTIONS,
    "options_from": frozenset({Kind.CHOICE, Kind.CHOICES, Kind.PERSON}),
    "other": frozenset({Kind.CHOICE, Kind.CHOICES, Kind.RANKED}),
    "picture": frozenset({Kind.PICTURE}),
    "several": frozenset({Kind.PICTURE}),
    "points": HAS_POINTS,
    "talk": frozenset({Kind.SCALE}),
    "low_label": HAS_POINTS,
    "high_label": HAS_POINTS,
    "not_applicable": HAS_POINTS,
    "dont_know": HAS_POINTS,
    "items": HAS_ITEMS,
    "columns": frozenset({Kind.TABLE, Kind.GOAL, Kind.ACTION}),
    "fields": frozenset({Kind.GROUP, Kind.GOAL, Kind.ACTION}),
    "min_rows": ROWS,
    "max_rows": ROWS,
    "start_rows": ROWS,
    "examples": ROWS,
    "suggestions": ROWS,
    "actions_column": frozenset({Kind.TABLE}),
    "actions_when": frozenset({Kind.TABLE}),
    "agreed_by": frozenset({Kind.GOAL}),
    "level": frozenset({Kind.GOAL, Kind.GROUP, Kind.TABLE}),
    "reached_opens": frozenset({Kind.GOAL, Kind.GROUP, Kind.TABLE}),
    "calls_for": frozenset({Kind.DATE}),
    "takes": ROWS,
    "gathers": frozenset({Kind.TABLE}),
    "totalled": frozenset({Kind.CHOICE, Kind.CHOICES}),
    "coded": WRITTEN,
    "beside": _BESIDE,
    "beside_sheet": _BESIDE,
    "signer": SIGNED,
    "accept": frozenset({Kind.FILE}),
    "text": frozenset({Kind.NOTE}),
}
"""Each setting that is not for every kind, with the kinds to which it belongs."""

_DEFAULTS = FieldShape.model_construct(key="x", kind=Kind.TEXT)


def misplaced_on(field: FieldShape) -> list[str]:
    """Settings of a question that belong to other kinds than its own."""
    return [
        name
        for name, kinds in BELONGS.items()
        if field.kind not in kinds and getattr(field, name) != getattr(_DEFAULTS, name)
    ]


def sheet_with_its_own(definition: dict[str, Any]) -> dict[str, Any]:
    """A worksheet's definition without what its questions have left from when they were of another kind, which never did
    anything.
    """
    sections = [
        {**section, "fields": [with_its_own(field) for field in section.get("fields", [])]}
        for section in definition.get("sections", [])
    ]
    return {**definition, "sections": sections}


def with_its_own(field: dict[str, Any]) -> dict[str, Any]:
    """A question's definition without settings of other kinds, which some versions have from when it was another kind; and so
    for what is asked inside its rows.
    """
    own = {name: value for name, value in field.items() if name not in BELONGS or field["kind"] in BELONGS[name]}
    return own | {name: [with_its_own(part) for part in own[name]] for name in ("columns", "fields") if own.get(name)}
