"""Answers that fill every question of a worksheet, made from its shapes alone."""

from typing import Any

from templates_app.answers import AnswerContext, Choice
from templates_app.shapes import FieldShape, Kind, Worksheet

OFFERED = {name: [Choice("one", "One"), Choice("two", "Two")] for name in ("goals", "partners")}
FILE = "11111111-1111-4111-8111-111111111111"

WORDS = {Kind.TEXT, Kind.LONGTEXT}
ROWS = {Kind.TABLE, Kind.GROUP, Kind.GOAL, Kind.ACTION}


def context() -> AnswerContext:
    return AnswerContext(user="ana", roles=frozenset({"mentee"}), options=OFFERED, files=frozenset({FILE}))


def filled(shapes: list[FieldShape]) -> dict[str, Any]:
    """An answer to every question, the first option wherever there is a choice."""
    return {shape.key: value for shape in shapes if (value := _answer(shape)) is not None}


def filled_sheet(sheet: Worksheet, **changes: Any) -> dict[str, Any]:
    return filled(sheet.fields()) | changes


def _answer(shape: FieldShape) -> Any:
    if shape.kind in WORDS:
        return f"Words for {shape.key}"
    if shape.kind in ROWS:
        return _rows(shape)
    if shape.kind in {Kind.CHOICE, Kind.CHOICES}:
        key = shape.options[0].key if shape.options else "one"
        return key if shape.kind is Kind.CHOICE else [key]
    if shape.kind is Kind.CHECKLIST:
        return {item.key: {"done": True} | ({} if item.note == "none" else {"note": "Agreed"}) for item in shape.items}
    others = {
        Kind.NUMBER: shape.minimum or 1,
        Kind.SCALE: shape.points[0].value if shape.points else None,
        Kind.DATE: "2026-03-02",
        Kind.URL: "https://example.org/code",
        Kind.FILE: {"name": "code.pdf", "id": FILE, "size": 1000},
        Kind.NOTE: None,
    }
    return others[shape.kind]


def _rows(shape: FieldShape) -> list[dict[str, Any]]:
    names = [item.key for item in shape.items] or ["0c0c0c01", "0c0c0c02"]
    return [{"_id": name} | filled(shape.columns or shape.fields) for name in names]
