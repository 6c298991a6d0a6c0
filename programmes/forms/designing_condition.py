"""When a question is asked: always, or depending on an answer beside it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from programmes.domain.designing.places import Definition, Field, Spot, beside, label_of
from templates_app.shapes import Kind
from templates_app.shapes.belonging import COMPARED, LOOKED_AT

_COUNTS = frozenset({Kind.SCALE, Kind.NUMBER})
_TYPED = frozenset({Kind.TEXT, Kind.NUMBER})
"""Kinds whose answers can be written down beforehand. Of a file or a table it only counts whether there is one."""


class ConditionMixin:
    """The question that it depends on, and which of its answers count. These are asked once the question is saved."""

    fields: dict[str, forms.Field]
    definition: Definition
    spot: Spot
    shape: Field
    add_error: Any

    def add_condition_fields(self) -> None:
        """Ask for the condition."""
        others = [one for one in beside(self.definition, self.spot) if Kind(one["kind"]) in LOOKED_AT]
        choices = [
            ("", _("Always")),
            *((one["key"], _("Depending on: %(label)s") % {"label": label_of(one)}) for one in others),
        ]
        rule = self.shape.get("show_if")
        if rule and rule["field"] not in dict(choices):
            choices.append((rule["field"], _("Depending on a question that is not asked any more")))
        helps = _("Inside rows it may depend on the same row alone.") if self.spot.parents else ""
        self.fields["show_field"] = forms.ChoiceField(
            label=_("It is asked"), choices=choices, required=False, help_text=helps
        )
        if rule:
            self._add_answers(rule)

    def _add_answers(self, rule: Mapping[str, Any]) -> None:
        asked = self._asked(rule["field"])
        known = answers_of(asked) if asked else []
        when = [("filled", _("when that is answered")), ("blank", _("when that is left blank"))]
        if known or rule.get("is_in") or (asked and asked["kind"] in _TYPED):
            when.append(("is_in", _("when the answer is one of these")))
        self.fields["show_when"] = forms.ChoiceField(label=_("Namely"), choices=when, required=False)
        if known:
            self.fields["show_values"] = forms.MultipleChoiceField(
                label=_("These answers"),
                choices=known,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Tick as many as count: one of them is enough."),
            )
        elif len(when) > 2:
            self.fields["show_values"] = forms.CharField(
                label=_("These answers"),
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("One on each line, just as it is answered."),
            )

    def _asked(self, key: str) -> Field | None:
        return next((one for one in beside(self.definition, self.spot) if one["key"] == key), None)

    @property
    def condition_fields(self) -> list[Any]:
        """The fields that say when it is asked."""
        names = ("show_field", "show_when", "show_values")
        return [self[name] for name in names if name in self.fields]  # type: ignore[index]

    def initial_condition(self) -> dict[str, Any]:
        """The condition that stands, as the form shows it."""
        rule = self.shape.get("show_if")
        if not rule:
            return {}
        is_in = [str(value) for value in rule.get("is_in", [])]
        asked = self._asked(rule["field"])
        return {
            "show_values": is_in if asked and answers_of(asked) else "\n".join(is_in),
            "show_when": "is_in" if is_in else "blank" if rule.get("filled") is False else "filled",
            "show_field": rule["field"],
        }

    def clean_condition(self, clean: dict[str, Any]) -> None:
        """Answers that are ticked are meant, also where the line above was left as it was."""
        if not self._keeps_condition(clean):
            return
        if _listed(clean.get("show_values")) != _listed(self.initial_condition().get("show_values")):
            clean["show_when"] = "is_in" if clean.get("show_values") else clean.get("show_when")
        if clean.get("show_when") == "is_in" and not clean.get("show_values"):
            self.add_error("show_values", _("Choose at least one answer."))

    def _keeps_condition(self, clean: Mapping[str, Any]) -> bool:
        rule = self.shape.get("show_if")
        return bool(rule) and clean.get("show_field") == rule["field"]

    def condition_of(self, clean: Mapping[str, Any]) -> dict[str, Any] | None:
        """The condition as the shapes have it; a new one asks for any answer until it is said which count."""
        name = clean.get("show_field")
        if not name:
            return None
        if not self._keeps_condition(clean) or clean.get("show_when") in ("filled", "", None):
            return {"field": name, "filled": True}
        if clean.get("show_when") == "blank":
            return {"field": name, "filled": False}
        values = [as_answered(value, self._asked(name) or {}) for value in _listed(clean.get("show_values"))]
        return {"field": name, "is_in": values}


def _listed(given: str | list[str] | None) -> list[str]:
    """Answers that are ticked, or typed one on each line."""
    lines = given.splitlines() if isinstance(given, str) else given or []
    return [line.strip() for line in lines if line.strip()]


def as_answered(value: str, field: Field) -> str | int:
    """A typed answer as the question keeps it: points of a scale and whole numbers are numbers."""
    counts = field.get("kind") in _COUNTS
    return int(value) if counts and value.lstrip("-").isascii() and value.lstrip("-").isdigit() else value


def answers_of(field: Field) -> list[tuple[str, str]]:
    """The answers that a question can have, where they can be counted and compared."""
    if Kind(field["kind"]) not in COMPARED:
        return []
    if field["kind"] == Kind.SCALE:
        return [
            (str(one["value"]), f"{one['value']} {one.get('label', '')}".strip()) for one in field.get("points", [])
        ]
    found = [(one["key"], one["label"]) for one in field.get("options", []) or []]
    if field["kind"] == Kind.CHECKLIST:
        found = [(one["key"], one["label"]) for one in field.get("items", [])]
    if found and field.get("other"):
        found.append(("other", _("Other")))
    return [] if field.get("options_from") else found
