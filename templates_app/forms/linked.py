"""Controls for signatures and files, and for what is only shown."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from templates_app.answers.context import AnswerContext
from templates_app.answers.level import show_answer
from templates_app.answers.linked import PICTURES, is_file, is_signature, may_sign
from templates_app.answers.moments import DateTime
from templates_app.answers.raw import raw_words
from templates_app.forms.controls import Control, Values, typed_parts
from templates_app.forms.nodes import Node
from templates_app.forms.posted import Posted
from templates_app.forms.written import box
from templates_app.shapes import FieldShape

if TYPE_CHECKING:
    from templates_app.forms.building import Builder


_instant = DateTime()


class SignatureControl(Control):
    """A name to type and a tick to sign. Nobody else's signature comes back from the page, so nobody can change it."""

    template = "signature"
    ticked = True

    def read(self, shape: FieldShape, posted: Posted, name: str, stored: Any) -> Any:
        offered = posted.word(f"{name}-name")
        anothers = is_signature(stored) and stored["by"] != posted.context.user
        if offered is None or anothers:
            return stored
        typed, agreed = offered.strip(), posted.word(f"{name}-agree") is not None
        if is_signature(stored) and typed == stored["name"] and (agreed or not self.ticked):
            return stored
        if not typed and not agreed:
            return None
        return {"name": typed} | ({"agree": agreed} if self.ticked else {})

    def write(self, shape: FieldShape, value: Any, name: str, context: AnswerContext) -> Values:
        typed = value if is_signature(value) else typed_parts(value)
        values: Values = {f"{name}-name": words} if (words := raw_words(typed.get("name"))) else {}
        if self.ticked and (is_signature(value) or typed.get("agree") is True):
            values[f"{name}-agree"] = "on"
        return values

    def build(self, node: Node, value: Any, builder: "Builder") -> None:
        signed = is_signature(value)
        node.more["signed"] = signed
        if signed:
            node.more |= {"name": value["name"], "moment": _instant.words(node.shape, value["at"], builder.context)}
        node.more["open"] = may_sign(node.shape, builder.context) and (
            not signed or value["by"] == builder.context.user
        )
        if not node.more["open"]:
            return
        label = _("Type your full name") if self.ticked else _("Type your initials")
        node.parts["name"] = builder.part(node, f"{node.name}-name", box(dir="auto", autocomplete="name"), label)
        if self.ticked:
            node.parts["agree"] = builder.part(
                node, f"{node.name}-agree", forms.CheckboxInput(), _("I sign with this name")
            )


class InitialsControl(SignatureControl):
    """Initials: typing them is the act."""

    ticked = False


class FileControl(Control):
    """A file to choose, the one that is kept, and a tick to take it out. The page never says which file is kept."""

    template = "file"

    def read(self, shape: FieldShape, posted: Posted, name: str, stored: Any) -> Any:
        sent = posted.file(shape, name)
        removed = posted.word(f"{name}-remove") is not None
        return sent or (None if removed else stored)

    def write(self, shape: FieldShape, value: Any, name: str, context: AnswerContext) -> Values:
        return {}

    def build(self, node: Node, value: Any, builder: "Builder") -> None:
        accepted = [f".{ending}" for ending in node.shape.accept]
        if accepted:
            node.more["hint"] = _("Kinds of files: %(kinds)s.") % {"kinds": ", ".join(node.shape.accept)}
        node.more["kept"] = value if is_file(value) else None
        node.more["address"] = builder.form.file_address(value) if is_file(value) else ""
        node.more["picture"] = is_file(value) and str(value["name"]).lower().endswith(PICTURES)
        widget = forms.FileInput(attrs={"accept": ",".join(accepted)} if accepted else {})
        node.parts["file"] = builder.part(node, node.name, widget, node.label)
        if is_file(value):
            tick = forms.CheckboxInput(attrs={"data-takes-out": ""})
            node.parts["remove"] = builder.part(node, f"{node.name}-remove", tick, _("Take this file out"))


class NoteControl(Control):
    """Words of the handbook."""

    template = "note"

    def read(self, shape: FieldShape, posted: Posted, name: str, stored: Any) -> Any:
        return None

    def write(self, shape: FieldShape, value: Any, name: str, context: AnswerContext) -> Values:
        return {}

    def build(self, node: Node, value: Any, builder: "Builder") -> None:
        node.more["shown"] = show_answer(node.shape, node.answers, builder.context).shown


class ComputedControl(NoteControl):
    """A value worked out elsewhere."""

    template = "computed"
