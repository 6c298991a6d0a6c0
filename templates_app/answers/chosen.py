"""Kinds whose answers are chosen from options: choice, choices, ranked, person."""

import re
from typing import Any

from django.utils.translation import gettext as _

from templates_app.answers.behaviour import Behaviour, Column, Spot
from templates_app.answers.context import AnswerContext, Choice
from templates_app.answers.raw import AnswerFault, is_raw, raw_words
from templates_app.answers.shown import Shown, ShownLine
from templates_app.shapes import FieldShape, Kind

OTHER = "other"
_OFFERED_KEY = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_./+:-]{0,119}$")
_RANK = re.compile(r"^\d{1,3}$")


def other_key(shape: FieldShape) -> str:
    """Under which key the words of an 'other' stand, beside the answer itself."""
    return f"{shape.key}__other"


def source_of(shape: FieldShape) -> str:
    """The name of the options that the application offers for a field, if it does."""
    return shape.options_from or ("people" if shape.kind is Kind.PERSON else "")


def options_of(shape: FieldShape, context: AnswerContext) -> list[Choice]:
    """Every option of a field here: its own, those the application offers, and 'other' last."""
    options = [Choice(option.key, option.label, option.help) for option in shape.options]
    source = source_of(shape)
    if source:
        options += context.offered(source)
    if shape.other and not any(option.key == OTHER for option in options):
        options.append(Choice(OTHER, _("Other")))
    return options


def has_none_to_offer(shape: FieldShape, context: AnswerContext) -> bool:
    """Whether one of the organisation's partners is to be chosen while none is named yet: nobody can be asked for that."""
    return shape.options_from == "partners" and not options_of(shape, context)


class Chosen(Behaviour):
    """What the kinds with options share."""

    def demand(self, shape: FieldShape, value: Any, spot: Spot) -> None:
        if self.is_blank(shape, value) and has_none_to_offer(shape, spot.context):
            spot.warn(_("There is nothing to choose from yet. You can send the sheet without it."))
        else:
            super().demand(shape, value, spot)

    def key_among(self, shape: FieldShape, raw: Any, context: AnswerContext) -> str:
        """The key when it is one of the options. Raises ``AnswerFault`` when it is not."""
        if isinstance(raw, str) and any(option.key == raw for option in options_of(shape, context)):
            return raw
        raise AnswerFault(_("Choose one of the answers offered."))

    def is_key(self, shape: FieldShape, key: Any) -> bool:
        """Whether a value is an option's key, as far as this can be told without the application."""
        if not isinstance(key, str):
            return False
        if key in {option.key for option in shape.options} or (shape.other and key == OTHER):
            return True
        return bool(source_of(shape)) and bool(_OFFERED_KEY.match(key))

    def label(self, shape: FieldShape, key: Any, context: AnswerContext) -> str:
        """The words of an option; the key itself for one that is no longer offered."""
        return next((option.label for option in options_of(shape, context) if option.key == key), str(key))


class One(Chosen):
    """One option (choice) or one person."""

    def clean(self, shape: FieldShape, raw: Any, context: AnswerContext) -> str | None:
        return None if raw is None or raw == "" else self.key_among(shape, raw, context)

    def is_fact(self, shape: FieldShape, value: Any) -> bool:
        return self.is_key(shape, value)

    def words(self, shape: FieldShape, value: Any, context: AnswerContext) -> str:
        return raw_words(value) if is_raw(value) else self.label(shape, value, context)


class Several(Chosen):
    """Any number of options, kept in the order in which they are offered."""

    def clean(self, shape: FieldShape, raw: Any, context: AnswerContext) -> list[str] | None:
        if raw is None or raw == "":
            return None
        asked = [raw] if isinstance(raw, str) else raw
        if not isinstance(asked, list):
            raise AnswerFault(_("Choose from the answers offered."))
        chosen = {self.key_among(shape, key, context) for key in asked if key != ""}
        return [option.key for option in options_of(shape, context) if option.key in chosen] or None

    def is_fact(self, shape: FieldShape, value: Any) -> bool:
        return isinstance(value, list) and all(self.is_key(shape, key) for key in value)

    def show(self, shape: FieldShape, value: Any, context: AnswerContext) -> Shown:
        if not isinstance(value, list):
            return Shown(text=raw_words(value))
        labels = [self.label(shape, key, context) for key in value]
        return Shown(text="; ".join(labels), lines=tuple(ShownLine(label) for label in labels))

    def columns(self, shape: FieldShape, key: str, label: str, values: list[Any]) -> list[Column]:
        if not shape.options:
            return [Column(key, label)]
        listed = [Column(f"{key}.{option.key}", f"{label}: {option.label}") for option in shape.options]
        if shape.other and OTHER not in {option.key for option in shape.options}:
            listed.append(Column(f"{key}.{OTHER}", f"{label}: {_('Other')}"))
        return listed + ([Column(key, f"{label}: {_('further')}")] if shape.options_from else [])

    def cells(self, shape: FieldShape, key: str, value: Any) -> dict[str, Any]:
        keys = {option.key for option in shape.options} | ({OTHER} if shape.other else set())
        if is_raw(value) or not isinstance(value, list):
            return {key: raw_words(value)}
        if not shape.options:
            return {key: "; ".join(value)}
        cells: dict[str, Any] = {f"{key}.{option}": self.cell(value, option) for option in keys}
        further = [option for option in value if option not in keys]
        return cells | ({key: "; ".join(further)} if further else {})

    def cell(self, value: list[str], option: str) -> int | None:
        """What stands in the column of one option once the question is answered: 1 chosen, 0 not."""
        return int(option in value)


class Ranked(Several):
    """Options in the order of their weight, first the one that counts most; some may be left out.

    Typed either as the ordered list or as ``{key: place}``.
    """

    def clean(self, shape: FieldShape, raw: Any, context: AnswerContext) -> list[str] | None:
        if isinstance(raw, dict):
            raw = self._by_place(raw)
        if raw is None or raw == "":
            return None
        if not isinstance(raw, list):
            raise AnswerFault(_("Give each answer a place: 1, 2, 3."))
        ordered = [self.key_among(shape, key, context) for key in raw]
        if len(set(ordered)) < len(ordered):
            raise AnswerFault(_("Give each answer one place only."))
        return ordered or None

    def _by_place(self, places: dict[str, Any]) -> list[str]:
        given = {key: str(place).strip() for key, place in places.items() if str(place or "").strip()}
        if not all(_RANK.match(place) for place in given.values()):
            raise AnswerFault(_("Write places as numbers: 1 for what counts most, then 2, 3."))
        if len({int(place) for place in given.values()}) < len(given):
            raise AnswerFault(_("Two answers share a place. Give each its own."))
        return sorted(given, key=lambda key: int(given[key]))

    def show(self, shape: FieldShape, value: Any, context: AnswerContext) -> Shown:
        shown = super().show(shape, value, context)
        if not shown.lines:
            return shown
        text = "; ".join(f"{place}. {line.label}" for place, line in enumerate(shown.lines, 1))
        return Shown(text=text, lines=shown.lines)

    def cell(self, value: list[str], option: str) -> int | None:
        """What stands in the column of one option: its place, nothing where it has none."""
        return value.index(option) + 1 if option in value else None
