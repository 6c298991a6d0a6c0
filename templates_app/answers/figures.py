"""Kinds whose answers are figures: number, duration."""

import math
import re
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from templates_app.answers.behaviour import Behaviour
from templates_app.answers.context import AnswerContext
from templates_app.answers.raw import AnswerFault, is_raw, raw_words
from templates_app.answers.wording import tidy_code
from templates_app.shapes import FieldShape

GREATEST = 1e15
"""Beyond this a float no longer holds every whole number."""

_SPACES = re.compile(r"[\s'’]")
_NUMBER = re.compile(r"^[+-]?\d+(\.\d+)?$")
_CLOCK = re.compile(r"^(\d{1,3})\s*(?::|h|hrs?|hours?)\s*(?:(\d{1,2})\s*(?:m|mins?|minutes?)?)?$", re.IGNORECASE)
_MINUTES = re.compile(r"^(\d{1,5})\s*(?:m|mins?|minutes?)?$", re.IGNORECASE)


def decimal_mark(locale: str) -> str:
    """The mark between whole and decimal places in a language: ``.`` or ``,``."""
    return formats.get_format("DECIMAL_SEPARATOR", lang=locale, use_l10n=True)


def parse_number(typed: str, mark: str) -> int | float:
    """Read a number as people type it. Where ``.`` and ``,`` both occur the last is the decimal mark; a lone one
    before exactly three digits is, unless it is the language's own mark, a mark of thousands.
    Raises ``ValueError``.
    """
    text = _SPACES.sub("", typed).replace("\u2212", "-")
    other = "," if mark == "." else "."
    if "." in text and "," in text:
        mark, other = (".", ",") if text.rindex(".") > text.rindex(",") else (",", ".")
        text = text.replace(other, "")
    elif other in text:
        thousands = re.fullmatch(rf"[+-]?\d{{1,3}}(?:{re.escape(other)}\d{{3}})+", text)
        text = text.replace(other, "" if thousands else mark)
    text = text.replace(mark, ".")
    if not _NUMBER.match(text):
        raise ValueError(typed)
    value = float(text)
    if not math.isfinite(value) or abs(value) > GREATEST:
        raise ValueError(typed)
    return value if "." in text and not value.is_integer() else int(value)


def bare_figure(value: float) -> str:
    """A figure in the reader's notation, a whole one without decimal places."""
    return formats.number_format(int(value) if float(value).is_integer() else value, use_l10n=True)


def in_unit(shape: FieldShape, value: float, number: str) -> str:
    """``number``, which tells ``value``, with the field's unit: "1 hour", "2 hours"; alone where there is no unit."""
    unit = shape.unit_one if shape.unit_one and value == 1 else shape.unit
    return f"{number} {unit}".strip()


class Figure(Behaviour):
    """A figure with bounds; the subclasses say how it is read and told."""

    def clean(self, shape: FieldShape, raw: Any, context: AnswerContext) -> int | float | None:
        if raw is None or raw == "":
            return None
        if isinstance(raw, bool) or not isinstance(raw, str | int | float):
            raise AnswerFault(self.advice())
        value = self.read(tidy_code(raw), context) if isinstance(raw, str) else self.given(raw)
        if value is not None:
            self.refuse_outside(shape, value, context)
            self.refuse_between(shape, value)
        return value

    def refuse_outside(self, shape: FieldShape, value: float, context: AnswerContext) -> None:
        """Raise ``AnswerFault`` for a value beyond the field's bounds."""
        if shape.minimum is not None and value < shape.minimum:
            raise AnswerFault(_("Enter %(bound)s or more.") % {"bound": self.told(shape, shape.minimum)})
        if shape.maximum is not None and value > shape.maximum:
            raise AnswerFault(_("Enter %(bound)s or less.") % {"bound": self.told(shape, shape.maximum)})

    def refuse_between(self, shape: FieldShape, value: float) -> None:
        """Raise ``AnswerFault`` for a value between the field's steps."""
        steps = (value - (shape.minimum or 0)) / shape.step if shape.step else 0.0
        if abs(steps - round(steps)) > 1e-9:
            raise AnswerFault(_("Enter a number in steps of %(step)s.") % {"step": self.told_bare(shape.step or 1)})

    def told_bare(self, value: float) -> str:
        """A figure without its unit, in the reader's notation."""
        return bare_figure(value)

    def is_fact(self, shape: FieldShape, value: Any) -> bool:
        return isinstance(value, int | float) and not isinstance(value, bool)

    def is_blank(self, shape: FieldShape, value: Any) -> bool:
        return value is None

    def words(self, shape: FieldShape, value: Any, context: AnswerContext) -> str:
        if is_raw(value) or not self.is_fact(shape, value):
            return raw_words(value)
        return self.told(shape, value)

    def advice(self) -> str:
        """How to write the answer, for a fault."""
        raise NotImplementedError

    def given(self, raw: int | float) -> int | float:
        """A figure that was not typed but given as one."""
        raise NotImplementedError

    def read(self, typed: str, context: AnswerContext) -> int | float | None:
        """The figure in tidied typing, None for blank. Raises ``AnswerFault``."""
        raise NotImplementedError

    def told(self, shape: FieldShape, value: float) -> str:
        """The figure as a person says it."""
        raise NotImplementedError


class Number(Figure):
    """A whole or decimal number, perhaps with a unit."""

    def advice(self) -> str:
        return _("Enter a number, such as 3 or 2.5.")

    def given(self, raw: int | float) -> int | float:
        if not math.isfinite(raw) or abs(raw) > GREATEST:
            raise AnswerFault(self.advice())
        return raw

    def read(self, typed: str, context: AnswerContext) -> int | float | None:
        if not typed:
            return None
        try:
            return parse_number(typed, decimal_mark(context.locale))
        except ValueError:
            raise AnswerFault(self.advice()) from None

    def told(self, shape: FieldShape, value: float) -> str:
        return in_unit(shape, value, bare_figure(value))


class Duration(Figure):
    """A length of time in whole minutes, typed as minutes or as hours and minutes."""

    def advice(self) -> str:
        return _("Enter minutes, such as 90, or hours and minutes, such as 1:30.")

    def given(self, raw: int | float) -> int:
        if not math.isfinite(raw) or raw != int(raw) or not 0 <= raw < 100_000:
            raise AnswerFault(self.advice())
        return int(raw)

    def read(self, typed: str, context: AnswerContext) -> int | None:
        if not typed:
            return None
        if minutes := _MINUTES.match(typed):
            return int(minutes[1])
        clock = _CLOCK.match(typed)
        if not clock or int(clock[2] or 0) > 59:
            raise AnswerFault(self.advice())
        return int(clock[1]) * 60 + int(clock[2] or 0)

    def told(self, shape: FieldShape, value: float) -> str:
        hours, minutes = divmod(int(value), 60)
        if not hours:
            return _("%(minutes)d min") % {"minutes": minutes}
        if not minutes:
            return _("%(hours)d h") % {"hours": hours}
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
