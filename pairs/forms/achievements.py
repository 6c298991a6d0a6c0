"""The form with which an achievement is recorded."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.forms.fields import DayField
from programmes.models import Participant


class AchievementForm(forms.Form):
    """Who has achieved what, when, and whether it counts as professional development."""

    person = forms.ChoiceField(label=_("Who?"))
    what = forms.CharField(
        label=_("What have they achieved?"),
        max_length=300,
        help_text=_("It stands on the certificate. Nothing from inside a pairing."),
    )
    achieved_on = DayField(label=_("On which day?"))
    hours = forms.DecimalField(
        label=_("Hours that count as professional development"),
        help_text=_("Empty: it does not count as such."),
        required=False,
        min_value=0.25,
        max_digits=6,
        decimal_places=2,
    )

    def __init__(self, *args: Any, people: Sequence[Participant], today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["achieved_on"].widget.attrs["max"] = today.isoformat()
        self.people = {str(person.pk): person for person in people}
        self.fields["person"].choices = [
            ("", "—"),
            *((key, f"{person.name}, {person.get_side_display()}") for key, person in self.people.items()),
        ]

    def clean_person(self) -> Participant:
        """The person, not their key."""
        return self.people[self.cleaned_data["person"]]

    def clean_achieved_on(self) -> dt.date:
        """No day that has not come on the calendar of who records it: a certificate says what was done."""
        day: dt.date = self.cleaned_data["achieved_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day has not come yet. Record what somebody has achieved."))
        return day
