"""Kinds whose answers are ratings: scale, matrix."""

from typing import Any

from django.utils.translation import gettext as _

from templates_app.answers.behaviour import MISSING, Behaviour, Column, Spot
from templates_app.answers.context import AnswerContext, Choice
from templates_app.answers.raw import AnswerFault, as_raw, is_raw, raw_words, unwrapped
from templates_app.answers.shown import Shown, ShownLine
from templates_app.shapes import FieldShape, Need

NOT_APPLICABLE, DONT_KNOW = "na", "dk"


def apart_of(shape: FieldShape) -> list[Choice]:
    """The answers that stand outside a scale's order."""
    apart = []
    if shape.not_applicable:
        apart.append(Choice(NOT_APPLICABLE, _("Not applicable")))
    if shape.dont_know:
        apart.append(Choice(DONT_KNOW, _("Don’t know")))
    return apart


def point_label(shape: FieldShape, value: Any) -> str:
    """A point as a person reads it: its number with its label, or with the label of the end it stands at."""
    for choice in apart_of(shape):
        if choice.key == value:
            return choice.label
    label = next((point.label for point in shape.points if point.value == value), "")
    if not label and shape.points:
        ends = {shape.points[0].value: shape.low_label, shape.points[-1].value: shape.high_label}
        label = ends.get(value, "")
    return f"{value} – {label}" if label and label != str(value) else str(value)


def clean_point(shape: FieldShape, raw: Any) -> int | str | None:
    """A point of the field's scale, None for blank. Raises ``AnswerFault`` when there is no such point."""
    if raw is None or raw == "":
        return None
    if isinstance(raw, str) and raw in {choice.key for choice in apart_of(shape)}:
        return raw
    for point in shape.points:
        if not isinstance(raw, bool) and str(raw) == str(point.value):
            return point.value
    raise AnswerFault(_("Choose one of the points of the scale."))


def is_point(shape: FieldShape, value: Any) -> bool:
    """Whether a value has the form of a point."""
    return value in {NOT_APPLICABLE, DONT_KNOW} if isinstance(value, str) else type(value) is int


class Scale(Behaviour):
    """One point of a scale: its value, or ``na`` or ``dk`` outside the order."""

    def clean(self, shape: FieldShape, raw: Any, context: AnswerContext) -> int | str | None:
        return clean_point(shape, raw)

    def is_fact(self, shape: FieldShape, value: Any) -> bool:
        return is_point(shape, value)

    def words(self, shape: FieldShape, value: Any, context: AnswerContext) -> str:
        return raw_words(value) if is_raw(value) else point_label(shape, value)


class Matrix(Behaviour):
    """Several rows rated on one scale: ``{row: point}``, rows without an answer left out."""

    def check(self, shape: FieldShape, raw: Any, spot: Spot) -> Any:
        typed = unwrapped(raw)
        if not isinstance(typed, dict | None):
            spot.fault(_("Choose a point in each row."))
            return as_raw(typed)
        rows: dict[str, Any] = {}
        for item in shape.items:
            given = unwrapped((typed or {}).get(item.key))
            try:
                point: Any = clean_point(shape, given)
            except AnswerFault as fault:
                spot.at(item.key).fault(fault.message)
                point = as_raw(given)
            if point is not None:
                rows[item.key] = point
        return rows or None

    def demand(self, shape: FieldShape, value: Any, spot: Spot) -> None:
        """Every row of a needed matrix wants an answer, and every needed row of any."""
        given = value if isinstance(value, dict) and not is_raw(value) else {}
        for item in shape.items:
            needs = {item.need, shape.need}
            if item.key not in given and Need.MUST in needs:
                spot.at(item.key).fault(_("Choose a point in this row."))
            elif item.key not in given and Need.SHOULD in needs:
                spot.at(item.key).warn(_("You have not answered this row."))

    def split(self, shape: FieldShape, value: Any) -> tuple[Any, Any]:
        if is_raw(value) or not isinstance(value, dict):
            return MISSING, value
        rows = {item.key for item in shape.items}
        facts = {row: point for row, point in value.items() if row in rows and is_point(shape, point)}
        texts = {row: point for row, point in value.items() if row not in facts}
        return facts, texts or MISSING

    def held(self, shape: FieldShape, value: Any) -> list[Any]:
        return list(value.values()) if isinstance(value, dict) and not is_raw(value) else []

    def show(self, shape: FieldShape, value: Any, context: AnswerContext) -> Shown:
        if is_raw(value) or not isinstance(value, dict):
            return Shown(text=raw_words(value))
        lines = tuple(ShownLine(item.label, self._told(shape, value.get(item.key))) for item in shape.items)
        return Shown(text="\n".join(f"{line.label}: {line.text}" for line in lines if line.text), lines=lines)

    def _told(self, shape: FieldShape, point: Any) -> str:
        return "" if point is None else raw_words(point) if is_raw(point) else point_label(shape, point)

    def columns(self, shape: FieldShape, key: str, label: str, values: list[Any]) -> list[Column]:
        return [Column(f"{key}.{item.key}", f"{label}: {item.label}") for item in shape.items]

    def cells(self, shape: FieldShape, key: str, value: Any) -> dict[str, Any]:
        if is_raw(value) or not isinstance(value, dict):
            return {key: raw_words(value)}
        return {f"{key}.{row}": raw_words(point) if is_raw(point) else point for row, point in value.items()}
