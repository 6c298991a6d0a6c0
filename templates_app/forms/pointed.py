"""The control of a picture with figures: radio buttons or tick boxes, each of them in the list and on the picture at once."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from templates_app.answers.chosen import options_of
from templates_app.answers.context import Choice
from templates_app.answers.pointed import pointed_in
from templates_app.forms.chosen import SeveralControl, labelled
from templates_app.forms.nodes import Node

if TYPE_CHECKING:
    from templates_app.forms.building import Builder


class PictureControl(SeveralControl):
    """One label for each figure: it holds the button, the circle over the picture and the words of the list below it.

    So whoever presses the circle presses the button, without a script, and every figure has one name, its label.
    """

    template = "picture"

    def build(self, node: Node, value: Any, builder: "Builder") -> None:
        shape, options = node.shape, options_of(node.shape, builder.context)
        known = {option.key for option in options}
        chosen = self.write(shape, value, "", builder.context).get("", [])
        options = [*options, *(Choice(word, word) for word in chosen if word not in known)]
        many = (
            shape.several or len(chosen) > 1
        )  # where one was allowed and several are kept, all of them stay to be seen
        choices = [labelled(option) for option in options]
        widget = (forms.CheckboxSelectMultiple if many else forms.RadioSelect)(choices=choices)
        helps = {option.key: option.help for option in options}
        node.parts["value"] = part = builder.part(node, node.name, widget, node.label, helps=helps)
        picture = pointed_in(shape)
        figures = {figure.key: figure for figure in picture.figures} if picture else {}
        node.more |= {
            "picture": picture,
            "figures": [(option, figures.get(option.value)) for option in part.options],
            "hint": _("Press a figure, or choose from the list. You may choose more than one.")
            if shape.several
            else _("Press a figure, or choose from the list."),
        }
