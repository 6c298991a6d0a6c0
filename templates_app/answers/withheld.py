"""What a save leaves as it is stored: the answers that are another side's to write, whatever came in for them."""

from collections.abc import Mapping, Sequence
from typing import Any

from templates_app.answers.chosen import other_key
from templates_app.answers.context import AnswerContext
from templates_app.answers.level import Answers
from templates_app.answers.rows import ID, is_fixed, rows_in
from templates_app.answers.sides import is_anothers
from templates_app.shapes import FieldShape


def with_anothers(
    shapes: Sequence[FieldShape], answers: Mapping[str, Any], stored: Mapping[str, Any], context: AnswerContext
) -> Answers:
    """The answers with everything that is another side's as it is stored, whatever came in for it."""
    kept = dict(answers)
    for shape in shapes:
        if is_anothers(shape, context):
            _as_stored(kept, shape, stored)
        elif is_fixed(shape) and any(is_anothers(part, context) for part in shape.columns):
            rows = _rows(shape, kept.get(shape.key), stored.get(shape.key), context)
            kept |= {shape.key: rows}
    return kept


def _as_stored(kept: Answers, shape: FieldShape, stored: Mapping[str, Any]) -> None:
    for name in (shape.key, other_key(shape)):
        kept.pop(name, None)
        if name in stored:
            kept[name] = stored[name]


def _rows(shape: FieldShape, given: Any, before: Any, context: AnswerContext) -> list[Answers]:
    new = {row.get(ID): row for row in rows_in(given)}
    old = {row.get(ID): row for row in rows_in(before)}
    keys = [item.key for item in shape.items]
    return [
        {ID: key} | with_anothers(shape.columns, new.get(key, {}), old.get(key, {}), context)
        for key in keys
        if key in new or key in old
    ]
