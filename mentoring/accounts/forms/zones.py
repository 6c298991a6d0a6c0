"""Choosing a time zone by typing the name of a place, with suggestions that the browser itself offers."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.accounts.zones import place_of, suggest_zones, zone_meant, zones_by_place
from mentoring.ui.forms import SuggestedInput


class PlaceInput(SuggestedInput):
    """A text input with the places of all zones behind it."""

    @property
    def suggestions(self) -> list[str]:
        """The places in order."""
        return list(zones_by_place())


class ZoneField(forms.CharField):
    """A time zone, shown and typed as a place ("Apia, Samoa"); cleaned to its name in the time zone database."""

    widget = PlaceInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Where you are"))
        kwargs.setdefault("help_text", gettext_lazy("Type your city or country. Times are shown on the clock there."))
        super().__init__(max_length=100, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A zone is shown as its place; what was typed stays as typed."""
        return place_of(value) if isinstance(value, str) and "/" in value else value

    def clean(self, value: Any) -> str:
        """The zone's name. Says what may have been meant when the place is not known or not the only one."""
        typed = super().clean(value)
        if not typed:
            return typed
        zone = zone_meant(typed)
        if zone:
            return zone
        near = [place_of(name) for name in suggest_zones(typed)]
        if near:
            raise forms.ValidationError(
                _("Which place do you mean? Perhaps %(places)s.") % {"places": " / ".join(near)}
            )
        raise forms.ValidationError(_("We do not know this place. Type the nearest large city or your country."))
