"""The form of any part of a handbook, drawn from its fields."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from programmes.domain.handbook.choosing import Names, names_for
from programmes.domain.handbook.editing import NotSound
from programmes.domain.handbook.fields import Field, Words
from programmes.domain.handbook.putting import WAS
from programmes.forms.handbook_fields import (
    BLANK,
    COMPOSED,
    OptionalChoice,
    composed_fields,
    composed_initial,
    composed_value,
    simple_field,
)
from programmes.forms.handbook_whole import HAS, JOINT, lacking, rows_inside, whole_fields, whole_initial, whole_value
from templates_app.models import Handbook

MORE = "more"
"""The button that gives more empty rows and saves nothing."""
SPARE = 2


@dataclass
class Block:
    """What the page draws together: one field, several under a heading, or rows."""

    kind: str
    label: Words = ""
    help: Words = ""
    fields: list[Any] = field(default_factory=list)
    rows: Any = None


class RowForm(forms.Form):
    """One row of a list inside an item."""

    def __init__(self, *args: Any, shape: Sequence[Field], names: Names, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in shape:
            self.fields[one.name] = made = simple_field(one, names, self.initial.get(one.name))
            if isinstance(made, OptionalChoice) and one.required:  # or an empty row would look as if it were begun
                made.choices = [*BLANK, *made.choices]
        self.fields[WAS] = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class BaseRows(forms.BaseFormSet):
    """The rows of a list: each has its place, and may be taken out."""

    ordering_widget = forms.NumberInput(attrs={"min": 1, "class": "place"})

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Take it out")
        form.fields["ORDER"].label = _("Place")

    def values(self) -> list[dict[str, Any]]:
        """The rows in their order."""
        return [
            {name: value for name, value in form.cleaned_data.items() if name not in {"DELETE", "ORDER"}}
            for form in self.kept_forms
        ]

    @cached_property
    def kept_forms(self) -> list[forms.Form]:
        """The forms of the rows that stay, in their order. Only once the rows are valid."""
        return list(self.ordered_forms)


class FieldsForm(forms.Form):
    """A form made of the fields that a part of the handbook lets one change. ``blocks`` is how a page draws it."""

    def __init__(
        self, data: Any = None, *, shape: tuple[Field, ...], handbook: Handbook, initial: dict[str, Any] | None = None
    ) -> None:
        shape = tuple(one for one in shape if one.kind != "measures")
        super().__init__(data, initial=_initial(shape, initial or {}))
        self.shape = shape
        names = names_for(handbook, shape)
        self.rowsets: dict[str, BaseRows] = {}
        self.parts: dict[str, list[str]] = {}
        for one in shape:
            if one.kind == "rows":
                self.rowsets[one.name] = _rows(one, data, (initial or {}).get(one.name) or [], names)
            elif one.kind == "whole":
                stands = (initial or {}).get(one.name) or {}
                self._add_parts(one, whole_fields(one, names, stands or None))
                for inner in rows_inside(one):
                    name = f"{one.name}{JOINT}{inner.name}"
                    self.rowsets[name] = _rows(inner, data, stands.get(inner.name) or [], names, prefix=name)
            elif one.kind in COMPOSED:
                self._add_parts(one, composed_fields(one))
            else:
                self.fields[one.name] = simple_field(one, names, (initial or {}).get(one.name))

    def _add_parts(self, one: Field, parts: dict[str, forms.Field]) -> None:
        """Ask for something in several form fields, known by the names of what they say about it."""
        self.parts[one.name] = list(parts)
        self.fields.update({f"{one.name}__{name}": made for name, made in parts.items()})

    def clean(self) -> dict[str, Any]:
        """What the form says, as the shapes have it."""
        said = super().clean() or self.cleaned_data
        for one in self.shape:
            if one.kind == "rows":
                said[one.name] = self._values_of(one, one.name)
            elif one.name in self.parts:
                parts = {name: said.pop(f"{one.name}__{name}", None) for name in self.parts[one.name]}
                said[one.name] = self._whole(one, parts) if one.kind == "whole" else composed_value(one, parts)
        return said

    def _values_of(self, one: Field, name: str) -> list[dict[str, Any]]:
        """The rows of a list; what is wrong there is told above the form too."""
        rows = self.rowsets[name]
        if not rows.is_valid():
            words = _("Look at “%(list)s”: something there is to be put right.")
            self.add_error(None, words % {"list": one.label})
            return []
        values = rows.values()
        if len(values) < one.least:
            words = ngettext(
                "“%(list)s”: at least %(count)d is needed.", "“%(list)s”: at least %(count)d are needed.", one.least
            )
            self.add_error(None, words % {"list": one.label, "count": one.least})
        return values

    def _whole(self, one: Field, parts: dict[str, Any]) -> dict[str, Any] | None:
        for name in lacking(one, parts):
            if f"{one.name}__{name}" not in self.errors:
                self.add_error(f"{one.name}__{name}", _("This is needed here."))
        for inner in rows_inside(one) if parts.get(HAS) or not one.tick else ():
            parts[inner.name] = self._values_of(inner, f"{one.name}{JOINT}{inner.name}")
        return whole_value(one, parts)

    @property
    def wants_more(self) -> bool:
        """Whether the button for more rows was pressed: nothing is saved, nothing is lost."""
        return self.is_bound and MORE in self.data

    @property
    def blocks(self) -> list[Block]:
        """The fields in their order, those of one moment or step together, and rows."""
        found = []
        for one in self.shape:
            if one.kind == "rows":
                found.append(Block("rows", one.label, one.help, rows=self.rowsets[one.name]))
            elif one.name in self.parts:
                parts = [self[f"{one.name}__{name}"] for name in self.parts[one.name]]
                found.append(Block("whole" if one.kind == "whole" else "group", one.label, one.help, parts))
                for inner in rows_inside(one):
                    rows = self.rowsets[f"{one.name}{JOINT}{inner.name}"]
                    found.append(Block("rows", inner.label, inner.help, rows=rows))
            else:
                found.append(Block("field", fields=[self[one.name]]))
        return found


def _initial(shape: tuple[Field, ...], values: dict[str, Any]) -> dict[str, Any]:
    found = {}
    for one in shape:
        if one.kind == "whole":
            found |= {f"{one.name}__{name}": said for name, said in whole_initial(one, values.get(one.name)).items()}
        elif one.kind in COMPOSED:
            shown = composed_initial(one, values.get(one.name)) if one.name in values else {}
            found |= {f"{one.name}__{name}": value for name, value in shown.items()}
        elif one.kind != "rows":
            found[one.name] = values.get(one.name, one.starts or None)
    return found


def _rows(one: Field, data: Any, items: list[dict[str, Any]], names: Names, *, prefix: str = "") -> BaseRows:
    made = forms.formset_factory(
        RowForm, formset=BaseRows, extra=SPARE, can_delete=True, can_order=True, max_num=100, absolute_max=120
    )
    initial = [
        {**{part.name: item.get(part.name) for part in one.rows}, WAS: place} for place, item in enumerate(items)
    ]
    prefix = prefix or one.name
    if data is not None and MORE in data:
        data = data.copy()
        total = f"{prefix}-TOTAL_FORMS"
        count = data.get(total, "")
        data[total] = str(min(int(count) if count.isascii() and count.isdigit() else 0, 100) + SPARE)
    return made(data, prefix=prefix, initial=initial, form_kwargs={"shape": one.rows, "names": names})


def add_problems(form: forms.Form, fault: NotSound, rowsets: dict[str, BaseRows] | None = None) -> None:
    """Say beside its field, or above the form, why a change would leave an unsound handbook; each thing once in its place."""
    rowsets = rowsets or {}
    said: set[tuple[str | None, str]] = set()
    for where, message in fault.problems:
        if _in_rows(where, message, rowsets):
            continue
        names = [part for part in where if isinstance(part, str)]
        name = _field_of(form, names)
        if (name, message) not in said:
            form.add_error(name, message)
            said.add((name, message))


def _field_of(form: forms.Form, names: list[str]) -> str | None:
    """Which field of a form a place of the content belongs to: the narrowest that it has, else none."""
    known = {name.replace("__", "."): name for name in form.fields}
    for end in range(len(names), 0, -1):
        for start in range(end):
            place = ".".join(names[start:end])
            found = next((one for one in (place, f"{place}.anchor", f"{place}.{HAS}") if one in known), None)
            if found is not None:
                return known[found]
    return None


def _in_rows(where: tuple[str | int, ...], message: str, rowsets: dict[str, BaseRows]) -> bool:
    """Say it in the row that it is about, where it is about one."""
    for path, rows in rowsets.items():
        name = path.rpartition(JOINT)[2]
        if name not in where:
            continue
        place = where[where.index(name) + 1 :]
        if place and isinstance(place[0], int) and place[0] < len(rows.kept_forms):
            form = rows.kept_forms[place[0]]
            inner = next((step for step in place[1:] if step in form.fields), None)
            form.add_error(inner, message)
            return True
    return False
