"""When a sheet that nobody reads by name brings its writer to the coordinators, as the page of a worksheet's facts asks it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from programmes.domain.designing.places import Definition, label_of
from programmes.forms.designing_agreeing import answers_in, are_of_several, asked_in, names_of, rule_of
from programmes.forms.designing_extras import ticks, with_standing
from templates_app.shapes import Kind, Preset

_NAMES = ("alert_scales", "alert_below", "alert_when")


class AlertMixin:
    """Which answers are looked at, from where on they are low, and by which answer the writer agrees."""

    fields: dict[str, forms.Field]
    definition: Definition
    add_error: Any

    def add_alert_fields(self) -> None:
        """Ask for all three, where a scale is asked or something stands."""
        scales = [(one["key"], label_of(one)) for one in asked_in(self.definition) if one["kind"] == Kind.SCALE]
        if not scales and not self._alert:
            return
        gone = _("a question that is not asked any more")
        self.fields["alert_scales"] = ticks(
            _("The coordinators hear of low answers to"),
            with_standing(scales, self._alert.get("fields", []), gone),
            _("Scales, all of which have to be answered. Nothing ticked: they hear of nothing."),
        )
        self.fields["alert_below"] = forms.FloatField(
            label=_("They are low where their mean is below"),
            required=False,
            min_value=-1000,
            max_value=1000,
            help_text=_("Such as 3, on a scale from 1 to 5."),
        )
        self.fields["alert_when"] = ticks(
            _("Only where the writer agrees: they gave one of these answers"),
            with_standing(answers_in(self.definition), names_of(self._alert.get("when")), _("as it stands")),
            _(
                "Answers of one question, in which people say whether the coordinators may hear of it. Ask it on the sheet first."
            ),
        )

    @property
    def _alert(self) -> dict[str, Any]:
        return self.definition.get("alert") or {}

    def initial_alert(self) -> dict[str, Any]:
        """How it stands."""
        stands = self._alert
        below = stands.get("below")
        return {
            "alert_scales": stands.get("fields", []),
            "alert_below": None if below is None else f"{below:g}",
            "alert_when": names_of(stands.get("when")),
        }

    @property
    def alert_fields(self) -> list[forms.BoundField]:
        """The fields in their order."""
        return [self[name] for name in _NAMES if name in self.fields]  # type: ignore[index]

    def clean_alert(self, clean: Mapping[str, Any]) -> None:
        """Nobody is brought to the coordinators who did not agree to it, and nobody whose answers they read anyway."""
        said = {name: clean.get(name) for name in _NAMES}
        if not any(value not in (None, []) for value in said.values()):
            return
        if clean.get("preset") != Preset.ANONYMOUS:
            self.add_error(
                "alert_scales", _("This is for sheets that nobody reads by name: take it out here, or say so above.")
            )
        told = {
            "alert_scales": _("Tick the scales that are looked at, or take all of it out."),
            "alert_below": _("Say below which mean the answers are low."),
            "alert_when": _("Tick by which answer people agree that the coordinators hear of it."),
        }
        for name, words in told.items():
            if said[name] in (None, []) and name not in self.errors:  # type: ignore[attr-defined]
                self.add_error(name, words)
        if are_of_several(said["alert_when"] or []):
            self.add_error("alert_when", _("Tick answers of one question alone."))

    def alert_value(self, clean: Mapping[str, Any]) -> dict[str, Any] | None:
        """It as the shapes have it; what was named keeps its order."""
        chosen, stands = clean.get("alert_scales"), self._alert.get("fields", [])
        if not chosen:
            return None
        fields = [*(one for one in stands if one in chosen), *(one for one in chosen if one not in stands)]
        return {
            "when": rule_of(clean["alert_when"], self._alert.get("when")),
            "fields": fields,
            "below": clean["alert_below"],
        }
