"""The kind whose answer is pointed at: one figure of a picture, or several."""

from typing import Any

from django.utils.translation import gettext as _

from templates_app.answers.behaviour import Column
from templates_app.answers.chosen import Several
from templates_app.answers.context import AnswerContext
from templates_app.answers.raw import AnswerFault, is_raw, raw_words
from templates_app.answers.shown import Figure, Pointed, Shown, ShownLine
from templates_app.shapes import FieldShape, Option

RADIUS = 0.056
"""Of the circle around a figure: this part of the picture's width. On a phone the circle is about as large as a finger's tip."""
MARK = 0.023
"""Of the number beside it."""


class Pointing(Several):
    """Figures by their keys, in the order in which the handbook numbers them."""

    def clean(self, shape: FieldShape, raw: Any, context: AnswerContext) -> list[str] | None:
        chosen = super().clean(shape, raw, context)
        if chosen and len(chosen) > 1 and not shape.several:
            raise AnswerFault(_("Choose one figure."))
        return chosen

    def show(self, shape: FieldShape, value: Any, context: AnswerContext) -> Shown:
        """The labels as lines, each after its number, and the picture with what was chosen marked."""
        if not isinstance(value, list):
            return Shown(text=raw_words(value))
        numbers = {option.key: number for number, option in enumerate(shape.options, 1)}
        labels = [(numbers.get(key), self.label(shape, key, context)) for key in value]
        lines = tuple(ShownLine(f"{number}. {label}" if number else label) for number, label in labels)
        text = "; ".join(label for _number, label in labels)
        return Shown(text=text, lines=lines, pointed=pointed_in(shape, frozenset(value)))

    def columns(self, shape: FieldShape, key: str, label: str, values: list[Any]) -> list[Column]:
        return [Column(key, label)]

    def cells(self, shape: FieldShape, key: str, value: Any) -> dict[str, Any]:
        """The figures' labels: a key tells nobody what the figure did."""
        if is_raw(value) or not isinstance(value, list):
            return {key: raw_words(value)}
        labels = {option.key: option.label for option in shape.options}
        return {key: "; ".join(labels.get(one, one) for one in value)}


def pointed_in(shape: FieldShape, only: frozenset[str] | None = None) -> Pointed | None:
    """The picture of a field with its figures where they are, or with ``only`` some of them; ``None`` where it is not there."""
    picture = shape.picture
    if picture is None or not picture.kept or not picture.width:
        return None
    figures = tuple(
        figure_at(number, option, picture.width, picture.height)
        for number, option in enumerate(shape.options, 1)
        if option.x is not None and option.y is not None and (only is None or option.key in only)
    )
    return Pointed(picture.kept, picture.words, picture.width, picture.height, figures)


def figure_at(number: int, option: Option, width: int, height: int) -> Figure:
    """A figure in the units of its picture. The number stands at the upper right of the circle, inside the picture."""
    x, y = round((option.x or 0) * width / 100), round((option.y or 0) * height / 100)
    radius, mark = max(1, round(RADIUS * width)), max(1, round(MARK * width))
    aside = round(radius * 0.85)
    mark_x = min(max(x + aside, mark), width - mark)
    mark_y = min(max(y - aside, mark), height - mark)
    return Figure(option.key, number, option.label, x, y, radius, mark, mark_x, mark_y)
