"""What single questions may say beyond what their kind lets everybody set: each in a part of the question's page of its own."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise

from programmes.domain.designing.begin_rows import Elsewhere
from programmes.domain.designing.places import Definition, Field, Spot
from templates_app.shapes import Kind

Complain = Callable[[str, Any], None]
"""Says of a field of the form what is wrong with it."""


@dataclass(frozen=True)
class About:
    """The question that is changed, where it stands, and what there is beside its worksheet."""

    definition: Definition
    spot: Spot
    elsewhere: Elsewhere

    @property
    def field(self) -> Field:
        """The question."""
        return self.spot.field

    @property
    def kind(self) -> Kind:
        """Its kind."""
        return Kind(self.spot.field["kind"])

    @property
    def is_inside(self) -> bool:
        """Whether it is asked inside rows."""
        return bool(self.spot.parents)


class Extra:
    """One part of a question's page. ``name`` begins the names of its fields and is its anchor on the page."""

    name = ""
    title: str | Promise = ""
    help: str | Promise = ""

    def __init__(self, about: About) -> None:
        self.about = about

    def is_offered(self) -> bool:
        """Whether it has any effect where the question stands, or stands there already and may be taken out."""
        raise NotImplementedError

    def fields(self) -> dict[str, forms.Field]:
        """What is asked."""
        raise NotImplementedError

    def initial(self) -> dict[str, Any]:
        """How it stands, as the form shows it."""
        raise NotImplementedError

    def clean(self, clean: Mapping[str, Any], complain: Complain) -> None:
        """Say what lacks."""

    def values(self, clean: Mapping[str, Any]) -> dict[str, Any]:
        """The attributes of the question that are said here, as the shapes have them."""
        raise NotImplementedError

    def goes_on(self, now: Field) -> bool:
        """Whether, as the question stands ``now``, more can be said here than could before it was saved."""
        return False


@dataclass(frozen=True)
class Part:
    """An extra as a page draws it."""

    name: str
    title: str | Promise
    help: str | Promise
    fields: list[forms.BoundField]


class ExtrasMixin:
    """The extras of a question's form: which are offered, asked, checked and said."""

    fields: dict[str, forms.Field]
    add_error: Any
    extras: list[Extra]

    def add_extra_fields(self) -> None:
        """Ask for all that is offered."""
        for extra in self.extras:
            self.fields.update(extra.fields())

    def initial_extras(self) -> dict[str, Any]:
        """How they stand."""
        return {name: value for extra in self.extras for name, value in extra.initial().items()}

    def clean_extras(self, clean: Mapping[str, Any]) -> None:
        """Say what lacks in any of them."""
        for extra in self.extras:
            extra.clean(clean, self.add_error)

    def extra_values(self, clean: Mapping[str, Any]) -> dict[str, Any]:
        """What they say."""
        return {name: value for extra in self.extras for name, value in extra.values(clean).items()}

    def goes_on(self, now: Field) -> str:
        """The first part of the page in which more can be said now, by its name; empty where there is none."""
        return next((extra.name for extra in self.extras if extra.goes_on(now)), "")

    @property
    def extra_parts(self) -> list[Part]:
        """They as the page draws them."""
        return [
            Part(one.name, one.title, one.help, [self[name] for name in one.fields()])  # type: ignore[index]
            for one in self.extras
        ]


def ticks(label: Any, choices: list[tuple[str, Any]], helps: Any = "") -> forms.MultipleChoiceField:
    """Some of these, each with a box to tick."""
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple, help_text=helps
    )


def with_standing(choices: list[tuple[str, Any]], stands: list[str], words: Any) -> list[tuple[str, Any]]:
    """The choices, and what stands and is none of them (any more), so that it can be taken out."""
    return [*choices, *((one, words) for one in stands if one and one not in dict(choices))]


def numbered(prefix: str, clean: Mapping[str, Any]) -> Iterator[tuple[int, Any]]:
    """The answers of fields that stand several times: ``prefix-0``, ``prefix-1`` …"""
    number = 0
    while f"{prefix}-{number}" in clean:
        yield number, clean[f"{prefix}-{number}"]
        number += 1
