"""What the programme may count of sheets that it does not read, as the page of a worksheet's facts asks it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from programmes.domain.designing.places import Definition, label_of
from programmes.forms.designing_agreeing import answers_in, are_of_several, choices_in, names_of, rule_of
from programmes.forms.designing_extras import ticks, with_standing


class CountedMixin:
    """What is counted, and which answers let it be counted."""

    fields: dict[str, forms.Field]
    definition: Definition
    add_error: Any

    def add_counted_fields(self) -> None:
        """Ask for both."""
        stands = self._counted
        choices = [(one["key"], label_of(one)) for one in choices_in(self.definition)]
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
            with_standing(answers_in(self.definition), names_of(stands.get("when")), _("as it stands")),
            _("Answers of one question, in which people say whether it may be counted. Ask it on the sheet first."),
        )

    @property
    def _counted(self) -> dict[str, Any]:
        return self.definition.get("counted") or {}

    def initial_counted(self) -> dict[str, Any]:
        """How it stands."""
        return {"counted_by": self._counted.get("by", ""), "counted_when": names_of(self._counted.get("when"))}

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
        if are_of_several(when):
            self.add_error("counted_when", _("Tick answers of one question alone."))

    def counted_value(self, clean: Mapping[str, Any]) -> dict[str, Any] | None:
        """What is counted, as the shapes have it."""
        if not clean.get("counted_by"):
            return None
        return {"when": rule_of(clean["counted_when"], self._counted.get("when")), "by": clean["counted_by"]}
