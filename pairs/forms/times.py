"""The form in which times for a session are proposed."""

import datetime as dt
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pairs.domain.agreeing_times import MOST
from pairs.domain.dating import length_fault
from pairs.forms.fields import chosen_instant, day_field, time_field
from pairs.models import Session


class TimesForm(forms.Form):
    """Up to three days and times on one's own clock, of which the first is needed."""

    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), widget=forms.NumberInput(attrs={"class": "short"}))

    def __init__(self, data: Any = None, *, zone: str, session: Session) -> None:
        self.zone = zone
        super().__init__(data, initial={"minutes": session.minutes})
        for position in range(1, MOST + 1):
            self.fields[f"day{position}"] = day_field(label=_("Day"), required=position == 1)
            self.fields[f"time{position}"] = time_field(label=_("Time"), required=position == 1)
        self.order_fields([name for position in range(1, MOST + 1) for name in (f"day{position}", f"time{position}")])

    def clean_minutes(self) -> int:
        minutes = self.cleaned_data["minutes"]
        if fault := length_fault(minutes):
            raise forms.ValidationError(fault)
        return minutes

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        self.chosen: dict[int, dt.datetime] = {}
        for position in range(1, MOST + 1):
            if f"day{position}" not in values or f"time{position}" not in values:
                continue
            try:
                chosen = chosen_instant(values[f"day{position}"], values[f"time{position}"], self.zone)
            except forms.ValidationError as fault:
                self.add_error(f"time{position}", fault)
            else:
                if chosen is not None:
                    self.chosen[position] = chosen.at
        return values

    @property
    def starts(self) -> list[dt.datetime]:
        """The instants that were chosen, in the order of the form."""
        return [self.chosen[position] for position in sorted(self.chosen)]

    def refuse(self, faults: dict[int, str]) -> None:
        """Put what the verb refused beside the time it is about; it counts those that were filled in."""
        positions = sorted(self.chosen)
        for place, words in faults.items():
            self.add_error(f"day{positions[place - 1]}" if 0 < place <= len(positions) else None, words)

    def rows(self) -> list[tuple[int, BoundField, BoundField, dt.datetime | None]]:
        """The three times as the page shows them, each with the instant that was chosen."""
        chosen = getattr(self, "chosen", {})
        return [
            (position, self[f"day{position}"], self[f"time{position}"], chosen.get(position))
            for position in range(1, MOST + 1)
        ]
