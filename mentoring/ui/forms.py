"""How every form is drawn: with our pack of templates, ``templates/house``, whoever draws it.

Pages draw their forms by django-crispy-forms, ``{{ form|crispy }}``; those of packages, allauth's say, come by Django's own
form renderer. Both take the same field, so that a label, its help and its fault look the same everywhere.
"""

from collections.abc import Iterable
from typing import Any

from django.forms import TextInput
from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Label, help, faults, widget; optional fields are marked, required ones are not."""

    form_template_name = "house/uni_form.html"
    formset_template_name = "house/uni_formset.html"
    field_template_name = "house/field.html"


class SuggestedInput(TextInput):
    """A text input with suggestions that the browser itself offers; anything else may be typed."""

    template_name = "ui/suggested_input.html"
    suggestions: Iterable[Any] = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The suggestions stand with the input, in their order."""
        context = super().get_context(name, value, attrs)
        context["widget"]["suggestions"] = list(self.suggestions)
        return context
