"""Controls for words, figures, days and times."""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from mentoring.ui.zones import city
from templates_app.answers.context import AnswerContext
from templates_app.answers.figures import decimal_mark
from templates_app.answers.moments import Date, Time, read_instant
from templates_app.answers.raw import is_raw, raw_words
from templates_app.forms.controls import Control, Values, typed_parts
from templates_app.forms.nodes import Node
from templates_app.forms.posted import Posted
from templates_app.shapes import FieldShape, Kind

if TYPE_CHECKING:
    from templates_app.forms.building import Builder

_TYPES = {Kind.EMAIL: "email", Kind.URL: "url", Kind.PHONE: "tel"}


def box(kind: str = "text", **attrs: Any) -> forms.TextInput:
    """An input of one line. No ``maxlength``: browsers would cut what is pasted, without a word."""
    return forms.TextInput(attrs={"type": kind} | attrs)


TOLD_BELOW = 150
"""Only a limit that people may well meet is said beforehand; a longer one is said when it is passed."""


def _tell_limit(node: Node) -> None:
    if node.shape.max_length and node.shape.max_length < TOLD_BELOW:
        node.more["hint"] = _("Up to %(limit)d characters.") % {"limit": node.shape.max_length}


class LineControl(Control):
    """One line of words."""

    def widget(self, node: Node, value: Any, builder: "Builder") -> forms.Widget:
        _tell_limit(node)
        return box(_TYPES.get(node.shape.kind, "text"), dir="auto")


class AreaControl(Control):
    """Several lines of words."""

    template = "longtext"

    def read(self, shape: FieldShape, posted: Posted, name: str, stored: Any) -> Any:
        # Browsers send line ends as CR LF; the checks do the rest.
        return (posted.word(name) or "").replace("\r\n", "\n") or None

    def widget(self, node: Node, value: Any, builder: "Builder") -> forms.Widget:
        _tell_limit(node)
        return forms.Textarea(attrs={"rows": 2 if node.compact else 5, "cols": False, "dir": "auto"})


class NumberControl(Control):
    """A number, in the person's own notation. A text box, since number boxes drop what they do not understand."""

    def write(self, shape: FieldShape, value: Any, name: str, context: AnswerContext) -> Values:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return super().write(shape, value, name, context)
        plain = format(Decimal(repr(value)), "f")
        return {name: plain.replace(".", decimal_mark(context.locale))}

    def widget(self, node: Node, value: Any, builder: "Builder") -> forms.Widget:
        shape, line = node.shape, {}
        if shape.line:
            bounds = {"least": shape.minimum, "most": shape.maximum, "step": shape.step or 1}
            line = {f"data-line-{name}": f"{value:g}" for name, value in bounds.items()}
            line["data-line-mark"] = decimal_mark(builder.context.locale)
        return box(inputmode="decimal", autocomplete="off", **{"class": "short"}, **line)


class DurationControl(Control):
    """A length of time, in minutes or hours and minutes."""

    def widget(self, node: Node, value: Any, builder: "Builder") -> forms.Widget:
        node.more["hint"] = _("Minutes, or hours and minutes such as 1:30.")
        return box(autocomplete="off", **{"class": "short"})


_day, _clock = Date(), Time()


class DateControl(Control):
    """A day. What is not one stands in a text box, where it can still be seen."""

    def widget(self, node: Node, value: Any, builder: "Builder") -> forms.Widget:
        return date_box(node.shape, raw_words(value))


def date_box(shape: FieldShape, words: str) -> forms.TextInput:
    """The browser's own calendar, or a text box for words that it would drop."""
    return box("date" if not words or _day.is_fact(shape, words) else "text")


def time_box(shape: FieldShape, words: str) -> forms.TextInput:
    """The browser's own clock, or a text box for words that it would drop."""
    return box("time" if not words or _clock.is_fact(shape, words) else "text")


class TimeControl(Control):
    """A time of day."""

    def widget(self, node: Node, value: Any, builder: "Builder") -> forms.Widget:
        return time_box(node.shape, raw_words(value))


class DateTimeControl(Control):
    """An instant: a day and a time on the person's own clock, which is named."""

    template = "datetime"

    def read(self, shape: FieldShape, posted: Posted, name: str, stored: Any) -> Any:
        parts = {part: posted.word(f"{name}-{part}") or "" for part in ("date", "time")}
        return parts if any(parts.values()) else None

    def write(self, shape: FieldShape, value: Any, name: str, context: AnswerContext) -> Values:
        parts = self._parts(value, context)
        return {f"{name}-{part}": words for part, words in parts.items() if words}

    def _parts(self, value: Any, context: AnswerContext) -> dict[str, str]:
        instant = None if is_raw(value) else read_instant(value)
        if instant:
            here: datetime = instant.astimezone(context.tzinfo)
            return {"date": here.date().isoformat(), "time": here.strftime("%H:%M")}
        typed = typed_parts(value)
        if typed:
            return {part: raw_words(typed.get(part)) for part in ("date", "time")}
        return {"date": raw_words(value), "time": ""}

    def build(self, node: Node, value: Any, builder: "Builder") -> None:
        parts = self._parts(value, builder.context)
        node.more["hint"] = _("Your own time, in %(place)s.") % {"place": city(builder.context.zone)}
        node.parts["date"] = builder.part(node, f"{node.name}-date", date_box(node.shape, parts["date"]), _("Date"))
        node.parts["time"] = builder.part(node, f"{node.name}-time", time_box(node.shape, parts["time"]), _("Time"))
