"""Answers to every question of any worksheet, of whatever kind, as an invented person gives them who fills it in whole."""

from typing import Any

from django.utils.translation import gettext as _

from templates_app.answers.chosen import options_of
from templates_app.answers.context import AnswerContext
from templates_app.answers.rows import new_row_id, parts_of
from templates_app.shapes import FieldShape, Kind, Worksheet
from templates_app.shapes.kinds import HAS_OPTIONS, ROWS, SIGNED

CHOSEN = HAS_OPTIONS | {Kind.PERSON}
LONGEST = 200


def sample_answers(sheet: Worksheet, context: AnswerContext) -> dict[str, Any]:
    """An answer to every question but those for files: the first option, the lowest point, ticks everywhere."""
    return _level(sheet.fields(), context)


def _level(shapes: list[FieldShape], context: AnswerContext) -> dict[str, Any]:
    return {shape.key: value for shape in shapes if (value := _answer(shape, context)) is not None}


def _answer(shape: FieldShape, context: AnswerContext) -> Any:
    if shape.kind in ROWS:
        return _rows(shape, context)
    if shape.kind in CHOSEN:
        keys = [option.key for option in options_of(shape, context)]
        return None if not keys else keys[0] if shape.kind in {Kind.CHOICE, Kind.PERSON} else keys[:1]
    if shape.kind is Kind.CHECKLIST:
        return {item.key: {"done": True} | ({} if item.note == "none" else {"note": _("So")}) for item in shape.items}
    if shape.kind is Kind.MATRIX:
        return {item.key: shape.points[0].value for item in shape.items}
    if shape.kind in SIGNED:
        mine = not shape.signer or shape.signer in context.roles
        return {"name": "A. T.", "agree": True} if mine else None
    words = _("Some words on: %(question)s") % {"question": shape.label}
    return {
        Kind.TEXT: words[: min(shape.max_length or LONGEST, LONGEST)],
        Kind.LONGTEXT: words[: min(shape.max_length or LONGEST, LONGEST)],
        Kind.NUMBER: shape.minimum if shape.minimum is not None else 1,
        Kind.DURATION: int(shape.minimum or 30),
        Kind.SCALE: shape.points[0].value if shape.points else None,
        Kind.DATE: context.now.date().isoformat(),
        Kind.TIME: "09:30",
        Kind.DATETIME: "2026-12-01T20:30:00Z",
        Kind.EMAIL: "somebody@example.org",
        Kind.URL: "https://example.org/",
        Kind.PHONE: "+685 12345",
    }.get(shape.kind)


def _rows(shape: FieldShape, context: AnswerContext) -> list[dict[str, Any]]:
    names = [item.key for item in shape.items]
    if not names:
        most = min(max(shape.min_rows, 2), shape.max_rows)
        names = [new_row_id() for _number in range(most)]
    return [{"_id": name} | _level(parts_of(shape), context) for name in names]
