"""What the programme may count of sheets that it does not read, as the page of a worksheet's facts asks it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from programmes.domain.designing.checking import label_of
from programmes.domain.designing.places import Definition, Field, spots
from programmes.forms.designing_extras import ticks, with_standing
from templates_app.shapes import Kind

ANY = "?"
"""Stands for any answer of a question, where a handbook's files say so."""


class CountedMixin:
    """What is counted, and which answers let it be counted."""

    fields: dict[str, forms.Field]
    definition: Definition
    add_error: Any

    def add_counted_fields(self) -> None:
        """Ask for both."""
        stands = self._counted
        choices = [(one["key"], label_of(one)) for one in self._choices]
        gone = _("a question that is not asked any more")
        self.fields["counted_by"] = forms.ChoiceField(
            label=_("Count how many people chose each answer to"),
            choices=[("", _("nothing")), *with_standing(choices, [stands.get("by", "")], gone)],
            required=False,
            help_text=_(
                "Only a question to which one of several answers is chosen. Nothing else of the sheet is read."
            ),
        )
        self.fields["counted_when"] = ticks(
            _("Only on sheets whose writer agrees: they gave one of these answers"),
            with_standing(self._answers(), self._standing, _("as it stands")),
            _("Answers of one question, in which people say whether it may be counted. Ask it on the sheet first."),
        )

    @property
    def _counted(self) -> dict[str, Any]:
        return self.definition.get("counted") or {}

    @property
    def _choices(self) -> list[Field]:
        """Questions of the sheet itself with one answer of several, which are asked."""
        asked = (spot.field for spot in spots(self.definition) if not spot.parents)
        return [one for one in asked if one["kind"] == Kind.CHOICE and one.get("options") and not one.get("hidden")]

    def _answers(self) -> list[tuple[str, Any]]:
        return [
            (f"{field['key']}={option['key']}", f"{label_of(field)} – {option['label']}")
            for field in self._choices
            for option in field["options"]
        ]

    @property
    def _standing(self) -> list[str]:
        when = self._counted.get("when") or {}
        if when and not when.get("is_in"):
            return [f"{when['field']}={ANY}"]
        return [f"{when['field']}={answer}" for answer in when.get("is_in", [])]

    def initial_counted(self) -> dict[str, Any]:
        """How it stands."""
        return {"counted_by": self._counted.get("by", ""), "counted_when": self._standing}

    @property
    def counted_fields(self) -> list[forms.BoundField]:
        """The fields in their order."""
        return [self[name] for name in ("counted_by", "counted_when")]  # type: ignore[index]

    def clean_counted(self, clean: Mapping[str, Any]) -> None:
        """Nothing is counted that nobody agreed to."""
        by, when = clean.get("counted_by"), clean.get("counted_when") or []
        if by and not when:
            self.add_error("counted_when", _("Tick by which answer people agree that it is counted."))
        elif when and not by:
            self.add_error("counted_by", _("Say what is counted, or take the ticks out below."))
        if len({one.partition("=")[0] for one in when}) > 1:
            self.add_error("counted_when", _("Tick answers of one question alone."))

    def counted_value(self, clean: Mapping[str, Any]) -> dict[str, Any] | None:
        """What is counted, as the shapes have it."""
        if not clean.get("counted_by"):
            return None
        if clean["counted_when"] == self._standing:
            return {"when": self._counted["when"], "by": clean["counted_by"]}
        parted = [one.partition("=") for one in clean["counted_when"]]
        given = [answer for _field, _sign, answer in parted]
        rule = {"filled": True} if ANY in given else {"is_in": given}
        return {"when": {"field": parted[0][0], **rule}, "by": clean["counted_by"]}
