"""What a handbook may do without, asked in one go: whether it is there, and everything about it below.

Rows inside it are a formset of their own, which the form of the part holds (``handbook_parts``).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from programmes.domain.handbook.choosing import Names
from programmes.domain.handbook.fields import Field
from programmes.forms.handbook_fields import OptionalChoice, simple_field

HAS = "has"
JOINT = "__"


def whole_fields(field: Field, names: Names, value: Any) -> dict[str, forms.Field]:
    """The form fields of something that may be there or not, by their path inside it."""
    stands = value or {}
    found: dict[str, forms.Field] = {}
    if field.tick:
        found[HAS] = forms.BooleanField(label=field.tick, required=False)
    for one in without_rows(field):
        if one.kind == "whole":
            inner = whole_fields(one, names, stands.get(one.name))
            found |= {f"{one.name}{JOINT}{name}": made for name, made in inner.items()}
        else:
            found[one.name] = made = simple_field(one, names, stands.get(one.name))
            made.required = False  # it is asked for only where the whole is there
            if one.required and isinstance(made, OptionalChoice):
                made.choices = [("", "–"), *made.choices]
    return found


def whole_initial(field: Field, value: Any) -> dict[str, Any]:
    """How it stands; where it is not there, what it would begin with."""
    found: dict[str, Any] = {HAS: value is not None} if field.tick else {}
    for one in without_rows(field):
        stands = (value or {}).get(one.name)
        if one.kind == "whole":
            inner = whole_initial(one, stands)
            found |= {f"{one.name}{JOINT}{name}": said for name, said in inner.items()}
        elif value is not None and one.name in value:
            found[one.name] = stands
        else:
            starts = None if one.starts is False else one.starts
            found[one.name] = list(starts) if isinstance(starts, tuple) else starts
    return found


def whole_value(field: Field, said: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the form fields say; ``None`` where it is not there."""
    if field.tick and not said.get(HAS):
        return None
    return {
        one.name: whole_value(one, _inside(one.name, said)) if one.kind == "whole" else said.get(one.name)
        for one in field.rows
    }


def lacking(field: Field, said: Mapping[str, Any]) -> Iterator[str]:
    """Which of its fields are needed and left blank, by their path."""
    for one in without_rows(field) if said.get(HAS) or not field.tick else ():
        if one.kind == "whole":
            yield from (f"{one.name}{JOINT}{name}" for name in lacking(one, _inside(one.name, said)))
        elif one.required and said.get(one.name) in (None, "", []):
            yield one.name


def without_rows(field: Field) -> list[Field]:
    """What is asked of it in fields, one by one."""
    return [one for one in field.rows if one.kind != "rows"]


def rows_inside(field: Field) -> list[Field]:
    """The lists that stand in it."""
    return [one for one in field.rows if one.kind == "rows"] if field.kind == "whole" else []


def _inside(name: str, said: Mapping[str, Any]) -> dict[str, Any]:
    start = f"{name}{JOINT}"
    return {path.removeprefix(start): value for path, value in said.items() if path.startswith(start)}
