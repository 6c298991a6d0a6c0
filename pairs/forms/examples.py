"""Example rows for the mentee's self-assessment: the handbook's to tick, and one of the mentor's own."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from pairs.domain.examples import ExampleField
from templates_app.answers.rows import parts_of
from templates_app.shapes import FieldShape


class ExamplesForm(forms.Form):
    """Built from the worksheet: for each table its examples and one row to write, and its layout choices."""

    def __init__(self, data: Any = None, *, fields: Sequence[ExampleField], layout: Sequence[FieldShape]) -> None:
        super().__init__(data)
        self.example_fields = list(fields)
        self.layout_fields = list(layout)
        for shape in self.layout_fields:
            choices = [("", _("As it is")), *((option.key, option.label) for option in shape.options)]
            self.fields[f"layout_{shape.key}"] = forms.ChoiceField(
                label=shape.label, help_text=shape.help, choices=choices, required=False, widget=forms.RadioSelect
            )
        for one in self.example_fields:
            self._add(one)

    def _add(self, one: ExampleField) -> None:
        choices = [(str(place), " → ".join(cells.values())) for place, cells in enumerate(one.suggestions)]
        self.fields[f"take_{one.field.key}"] = forms.MultipleChoiceField(
            label=_("Examples from the handbook"),
            choices=choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        for part in parts_of(one.field):
            self.fields[f"own_{one.field.key}_{part.key}"] = forms.CharField(
                label=part.label,
                help_text=part.help,
                required=False,
                max_length=part.max_length,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        self.chosen = [row for one in self.example_fields for row in self._rows(one, values)]
        self.layout = {
            shape.key: values[f"layout_{shape.key}"]
            for shape in self.layout_fields
            if values.get(f"layout_{shape.key}")
        }
        if not self.errors and not self.chosen and not self.layout:
            self.add_error(None, _("Tick an example, or write one."))
        return values

    def _rows(self, one: ExampleField, values: dict[str, Any]) -> list[tuple[str, dict[str, str]]]:
        key = one.field.key
        rows = [(key, dict(one.suggestions[int(place)])) for place in values.get(f"take_{key}", [])]
        own = {part.key: values.get(f"own_{key}_{part.key}", "") for part in parts_of(one.field)}
        return [*rows, (key, own)] if any(own.values()) else rows
