"""Kinds that ask nothing: note, computed."""

from collections.abc import Mapping
from typing import Any

from templates_app.answers.behaviour import MISSING, Behaviour, Column, Spot
from templates_app.answers.context import AnswerContext, computation_named
from templates_app.answers.figures import bare_figure, in_unit
from templates_app.answers.markdown import to_html
from templates_app.answers.raw import is_raw
from templates_app.answers.shown import Shown
from templates_app.shapes import FieldShape


class Silent(Behaviour):
    """Nothing is asked, so nothing is stored, counted or wanted."""

    asks = False

    def check(self, shape: FieldShape, raw: Any, spot: Spot) -> Any:
        return None

    def demand(self, shape: FieldShape, value: Any, spot: Spot) -> None:
        return None

    def is_blank(self, shape: FieldShape, value: Any) -> bool:
        return True

    def split(self, shape: FieldShape, value: Any) -> tuple[Any, Any]:
        return MISSING, value

    def columns(self, shape: FieldShape, key: str, label: str, values: list[Any]) -> list[Column]:
        return []

    def cells(self, shape: FieldShape, key: str, value: Any) -> dict[str, Any]:
        return {}


class Note(Silent):
    """Words of the handbook between the questions."""

    def show(self, shape: FieldShape, value: Any, context: AnswerContext) -> Shown:
        return Shown(text=shape.text, html=to_html(shape.text))


class Computed(Silent):
    """A value worked out from the other answers or from what the application knows."""

    def show(self, shape: FieldShape, value: Any, context: AnswerContext) -> Shown:
        if value is None:
            return Shown()
        if isinstance(value, int | float):
            return Shown(text=in_unit(shape, value, bare_figure(value)))
        return Shown(text=f"{value} {shape.unit}".strip())


def compute(shape: FieldShape, answers: Mapping[str, Any], context: AnswerContext) -> Any:
    """The value of a computed field: ``count:<field>`` its real rows or chosen options, ``sum:<field>.<column>`` a
    column's total, else what the registered computation of that name gives. None when there is nothing to tell.
    """
    verb, _colon, what = shape.compute.partition(":")
    if not what:
        computation = computation_named(verb)
        return computation(context, answers) if computation else None
    key, _dot, column = what.partition(".")
    value = answers.get(key)
    if is_raw(value) or not isinstance(value, list):
        value = []
    counted = [part for part in value if not (isinstance(part, dict) and part.get("_example"))]
    if verb == "count":
        return len(counted)
    figures = [row.get(column) for row in counted if isinstance(row, dict)]
    total = sum(figure for figure in figures if isinstance(figure, int | float) and not isinstance(figure, bool))
    return round(total, 6)
