"""Answers to every question of a worksheet, made from its shapes alone; every written one carries a canary of its own."""

from collections.abc import Callable, Iterable
from typing import Any

from templates_app.answers import AnswerContext
from templates_app.answers.chosen import options_of
from templates_app.answers.rows import new_row_id, parts_of
from templates_app.shapes import FieldShape, Kind

Write = Callable[[FieldShape], str]
"""Gives the canary for one written question."""

WRITTEN = frozenset({Kind.TEXT, Kind.LONGTEXT})
ROWS = frozenset({Kind.TABLE, Kind.GROUP, Kind.GOAL, Kind.ACTION})
CHOSEN = frozenset({Kind.CHOICE, Kind.CHOICES})


def filled(shapes: Iterable[FieldShape], context: AnswerContext, write: Write) -> dict[str, Any]:
    """An answer to every question, the first option wherever there is a choice, and 'other' beside it where there is one."""
    answers: dict[str, Any] = {}
    for shape in shapes:
        value = _answer(shape, context, write)
        if value is None:
            continue
        answers[shape.key] = value
        if shape.kind is Kind.CHOICES and shape.other:
            answers[shape.key] = [*value, "other"]
            answers[f"{shape.key}__other"] = write(shape)
    return answers


def _answer(shape: FieldShape, context: AnswerContext, write: Write) -> Any:
    if shape.kind in WRITTEN:
        return write(shape)
    if shape.kind in ROWS:
        return _rows(shape, context, write)
    if shape.kind in CHOSEN:
        keys = [option.key for option in options_of(shape, context)]
        return None if not keys else keys[0] if shape.kind is Kind.CHOICE else keys[:1]
    if shape.kind is Kind.CHECKLIST:
        return {
            item.key: {"done": True} | ({} if item.note == "none" else {"note": write(shape)}) for item in shape.items
        }
    return {
        Kind.NUMBER: shape.minimum or 1,
        Kind.SCALE: shape.points[0].value if shape.points else None,
        Kind.DATE: context.now.date().isoformat(),
        Kind.URL: f"https://example.org/{write(shape)}" if shape.kind is Kind.URL else None,
    }.get(shape.kind)


def _rows(shape: FieldShape, context: AnswerContext, write: Write) -> list[dict[str, Any]]:
    names = [item.key for item in shape.items] or [new_row_id()]
    return [{"_id": name} | filled(parts_of(shape), context, write) for name in names]
