"""How each kind of field is asked: what it looks like, how an answer becomes form values, and how those become an answer.

``read(write(answer)) == answer`` up to what ``check`` tidies: nothing typed is lost on the way through the page.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms

from templates_app.answers.behaviour import behaviour_of
from templates_app.answers.chosen import other_key
from templates_app.answers.context import AnswerContext
from templates_app.answers.level import strangers
from templates_app.answers.raw import is_raw, raw_words, unwrapped
from templates_app.answers.sides import is_anothers
from templates_app.forms.nodes import Node
from templates_app.forms.posted import Posted
from templates_app.shapes import FieldShape

if TYPE_CHECKING:
    from templates_app.forms.building import Builder

Values = dict[str, str | list[str]]
"""Form values by name."""


class Control:
    """How one kind is asked. Stateless: one instance serves every field of the kind."""

    template = "input"

    def read(self, shape: FieldShape, posted: Posted, name: str, stored: Any) -> Any:
        """What was sent for a field as the checks take it, None for nothing. ``stored`` is what it held before."""
        return posted.word(name) or None

    def write(self, shape: FieldShape, value: Any, name: str, context: AnswerContext) -> Values:
        """The form values that say a value, understood or not."""
        words = raw_words(value)
        return {name: words} if words else {}

    def build(self, node: Node, value: Any, builder: "Builder") -> None:
        """Give a question its controls."""
        node.parts["value"] = builder.part(node, node.name, self.widget(node, value, builder), node.label)

    def widget(self, node: Node, value: Any, builder: "Builder") -> forms.Widget:
        """The widget of a kind with one control."""
        raise NotImplementedError


def read_level(shapes: Sequence[FieldShape], posted: Posted, level: str, stored: Mapping[str, Any]) -> dict[str, Any]:
    """Everything typed on one level. Where the post was cut short, fields of which nothing came keep what they
    held; so does what is another side's to write.
    """
    from templates_app.forms.asking import CONTROLS  # the table imports row lists, which come back here

    answers: dict[str, Any] = strangers(shapes, stored)
    for shape in shapes:
        name, before = f"{level}-{shape.key}", stored.get(shape.key)
        control = CONTROLS[shape.kind]
        if is_anothers(shape, posted.context) or (not posted.whole and not posted.touches(name)):
            answers |= {key: stored[key] for key in (shape.key, other_key(shape)) if key in stored}
            continue
        value = control.read(shape, posted, name, before)
        if (
            is_raw(before)
            and behaviour_of(shape).is_blank(shape, value)
            and not shown_by(control, shape, before, posted)
        ):
            value = before  # what the page could not show it cannot have taken away
        words = posted.word(f"{level}-{other_key(shape)}") if shape.other else None
        answers |= {shape.key: value} if value is not None else {}
        answers |= {other_key(shape): words} if words else {}
    return answers


def shown_by(control: Control, shape: FieldShape, value: Any, posted: Posted) -> bool:
    """Whether the page can say a value at all."""
    return bool(control.write(shape, value, "", posted.context))


def write_level(shapes: Sequence[FieldShape], answers: Mapping[str, Any], level: str, context: AnswerContext) -> Values:
    """The form values that say the answers of one level."""
    from templates_app.forms.asking import CONTROLS

    values: Values = {}
    for shape in shapes:
        value = answers.get(shape.key)
        if value is not None:
            values |= CONTROLS[shape.kind].write(shape, value, f"{level}-{shape.key}", context)
        if words := raw_words(answers.get(other_key(shape))):
            values[f"{level}-{other_key(shape)}"] = words
    return values


def typed_parts(value: Any) -> dict[str, Any]:
    """The parts of a value that was typed in parts; none when it is something else."""
    inner = unwrapped(value)
    return inner if isinstance(inner, dict) else {}
