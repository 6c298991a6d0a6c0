"""Controls for what is chosen, ranked, rated and ticked. Nothing is ever chosen beforehand."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from templates_app.answers.chosen import options_of, other_key
from templates_app.answers.context import AnswerContext, Choice
from templates_app.answers.rated import apart_of, point_label
from templates_app.answers.raw import is_raw, raw_words, unwrapped
from templates_app.forms.controls import Control, Values, typed_parts
from templates_app.forms.nodes import Line, Node
from templates_app.forms.posted import Posted
from templates_app.forms.written import box
from templates_app.shapes import FieldShape, Item

if TYPE_CHECKING:
    from templates_app.forms.building import Builder

MOST_RADIOS = 8
"""More options than this are easier to find in a list."""


def labelled(choice: Choice) -> tuple[str, str]:
    """An option as widgets take it."""
    return choice.key, choice.label


def add_other(node: Node, options: list[Choice], builder: "Builder") -> None:
    """The box for the words of an 'other', and which option brings it up."""
    if node.shape.other:
        name = f"{node.level}-{other_key(node.shape)}"
        owner = builder.found(name)
        node.parts["other"] = builder.part(owner, name, box(dir="auto"), _("Which other?"))
        node.more["other"] = owner


class OneControl(Control):
    """One of a few, as radio buttons; one of many, or in a table, as a list."""

    template = "choice"

    def build(self, node: Node, value: Any, builder: "Builder") -> None:
        options = options_of(node.shape, builder.context)
        strange = raw_words(value)
        if strange and strange not in {option.key for option in options}:
            options = [*options, Choice(strange, strange)]  # what was typed stays to be seen, and is refused on sending
        as_list = node.compact or len(options) > MOST_RADIOS
        blank = [("", _("Choose…"))] if as_list else []
        widget = (forms.Select if as_list else forms.RadioSelect)(
            choices=blank + [labelled(option) for option in options]
        )
        helps = {option.key: option.help for option in options}
        node.parts["value"] = builder.part(node, node.name, widget, node.label, helps=helps)
        node.more |= {"as_list": as_list, "none": not options}
        add_other(node, options, builder)


class SeveralControl(Control):
    """Any of several, as tick boxes."""

    template = "choices"

    def read(self, shape: FieldShape, posted: Posted, name: str, stored: Any) -> Any:
        return [word for word in posted.words(name) if word] or None

    def write(self, shape: FieldShape, value: Any, name: str, context: AnswerContext) -> Values:
        keys = unwrapped(value)
        words = [raw_words(key) for key in keys] if isinstance(keys, list) else [raw_words(keys)]
        words = [word for word in words if word]
        return {name: words} if words else {}

    def build(self, node: Node, value: Any, builder: "Builder") -> None:
        options = options_of(node.shape, builder.context)
        known = {option.key for option in options}
        chosen = self.write(node.shape, value, "", builder.context).get("", [])
        strange = [word for word in chosen if word not in known]
        options = [*options, *(Choice(word, word) for word in strange)]
        widget = forms.CheckboxSelectMultiple(choices=[labelled(option) for option in options])
        helps = {option.key: option.help for option in options}
        node.parts["value"] = builder.part(node, node.name, widget, node.label, helps=helps)
        node.more |= {"many": len(options) > MOST_RADIOS, "none": not options}
        add_other(node, options, builder)


class RankedControl(Control):
    """A box for the place of each option."""

    template = "ranked"

    def read(self, shape: FieldShape, posted: Posted, name: str, stored: Any) -> Any:
        keys = [option.key for option in options_of(shape, posted.context)]
        places = {key: posted.word(f"{name}-{key}") or "" for key in keys}
        return {key: place for key, place in places.items() if place} or None

    def write(self, shape: FieldShape, value: Any, name: str, context: AnswerContext) -> Values:
        inner = unwrapped(value)
        if isinstance(inner, list):
            inner = {raw_words(key): str(place) for place, key in enumerate(inner, 1)}
        known = {option.key for option in options_of(shape, context)}
        typed = {key: raw_words(place) for key, place in typed_parts(inner).items() if key in known}
        return {f"{name}-{key}": place for key, place in typed.items() if place}

    def build(self, node: Node, value: Any, builder: "Builder") -> None:
        options = options_of(node.shape, builder.context)
        node.more["hint"] = _("Write 1 beside what counts most, then 2, 3. You may leave some out.")
        for option in options:
            line = builder.line(node, option.key, option.label, option.help)
            widget = box(inputmode="numeric", autocomplete="off", size="2", **{"class": "place"})
            line.parts["value"] = builder.part(line, line.name, widget, option.label)
        add_other(node, options, builder)


def scale_choices(shape: FieldShape) -> list[tuple[str, str]]:
    """The points of a scale as radio buttons, each with its number and its label where it has one; those outside its
    order last. The labels of a scale's two ends stand beside the buttons.
    """
    points = [
        (str(point.value), point_label(shape, point.value) if point.label else str(point.value))
        for point in shape.points
    ]
    return points + [labelled(choice) for choice in apart_of(shape)]


class ScaleControl(Control):
    """One point of a scale: a row of buttons with the labels of its ends; a list inside a table."""

    template = "scale"

    def build(self, node: Node, value: Any, builder: "Builder") -> None:
        choices = scale_choices(node.shape)
        strange = raw_words(value)
        if strange and strange not in {key for key, _label in choices}:
            choices = [*choices, (strange, strange)]
        if node.compact:
            told = [
                (key, point_label(node.shape, int(key)) if key.lstrip("-").isdigit() else label)
                for key, label in choices
            ]
            widget: forms.Widget = forms.Select(choices=[("", _("Choose…")), *told])
        else:
            widget = forms.RadioSelect(choices=choices)
        apart = frozenset(choice.key for choice in apart_of(node.shape))
        node.parts["value"] = builder.part(node, node.name, widget, node.label, apart=apart)
        worded = any(point.label for point in node.shape.points)
        node.more |= {"as_list": node.compact, "worded": worded, "last": str(node.shape.points[-1].value)}


class MatrixControl(Control):
    """A row of buttons for each line, all on one scale."""

    template = "matrix"

    def read(self, shape: FieldShape, posted: Posted, name: str, stored: Any) -> Any:
        rows = {item.key: posted.word(f"{name}-{item.key}") for item in shape.items}
        return {key: point for key, point in rows.items() if point} or None

    def write(self, shape: FieldShape, value: Any, name: str, context: AnswerContext) -> Values:
        rows = {item.key: raw_words(typed_parts(value).get(item.key)) for item in shape.items}
        return {f"{name}-{key}": point for key, point in rows.items() if point}

    def build(self, node: Node, value: Any, builder: "Builder") -> None:
        choices = scale_choices(node.shape)
        apart = frozenset(choice.key for choice in apart_of(node.shape))
        known = {key for key, _label in choices}
        for item in node.shape.items:
            strange = raw_words(typed_parts(value).get(item.key))
            more = [(strange, strange)] if strange and strange not in known else []
            line = builder.line(node, item.key, item.label, item.help)
            widget = forms.RadioSelect(choices=choices + more)
            line.parts["value"] = builder.part(line, line.name, widget, item.label, apart=apart)
        node.more["headings"] = [label for _key, label in choices]


class ChecklistControl(Control):
    """A tick box for each line, with room for a note where the line asks for one."""

    template = "checklist"

    def read(self, shape: FieldShape, posted: Posted, name: str, stored: Any) -> Any:
        lines = {item.key: self._read_line(item, posted, f"{name}-{item.key}") for item in shape.items}
        return {key: line for key, line in lines.items() if line} or None

    def _read_line(self, item: Item, posted: Posted, name: str) -> dict[str, Any] | None:
        done = posted.word(f"{name}-done") is not None
        note = (posted.word(f"{name}-note") or "").replace("\r\n", "\n")
        return {"done": done} | ({"note": note} if note else {}) if done or note else None

    def write(self, shape: FieldShape, value: Any, name: str, context: AnswerContext) -> Values:
        values: Values = {}
        for item in shape.items:
            line = typed_parts(value).get(item.key)
            parts = {"note": line} if is_raw(line) or not isinstance(line, dict) else line
            values |= {f"{name}-{item.key}-done": "on"} if parts.get("done") is True else {}
            values |= {f"{name}-{item.key}-note": words} if (words := raw_words(parts.get("note"))) else {}
        return values

    def build(self, node: Node, value: Any, builder: "Builder") -> None:
        typed = typed_parts(value)
        for item in node.shape.items:
            line = builder.line(node, item.key, item.label, item.help)
            tick = forms.CheckboxInput()
            line.parts["done"] = builder.part(line, f"{line.name}-done", tick, item.label)
            note = (typed.get(item.key) or {}).get("note") if isinstance(typed.get(item.key), dict) else None
            if item.note != "none" or note:
                self._add_note(line, item, builder)

    def _add_note(self, line: Line, item: Item, builder: "Builder") -> None:
        line.note = "may" if item.note == "none" else item.note
        label = _("What you agreed") if item.note == "answer" else _("Note")
        area = forms.Textarea(attrs={"rows": 2, "cols": False, "dir": "auto"})
        owner = builder.found(f"{line.name}-note")
        line.parts["note"] = builder.part(owner, owner.name, area, label)
