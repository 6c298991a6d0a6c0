"""Forms of claims for expenses."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.forms.fields import DayField


class ClaimLineForm(forms.Form):
    """One expense, with its receipt."""

    spent_on = DayField(label=_("When did you pay it?"))
    kind = forms.ChoiceField(label=_("What kind is it?"))
    what = forms.CharField(label=_("What was it for?"), max_length=300)
    amount = forms.DecimalField(label=_("How much?"), min_value=0.01, max_digits=10, decimal_places=2)
    currency = forms.ChoiceField(label=_("Currency"))
    receipt = forms.FileField(
        label=_("Receipt"),
        required=False,
        help_text=_("A photograph will do. PDF, JPEG or PNG, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    def __init__(self, *args: Any, kinds: dict[str, str], currencies: list[str], today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["kind"].choices = list(kinds.items())
        self.fields["currency"].choices = [(code, code) for code in currencies]

    def clean_spent_on(self) -> Any:
        """No day that has not come on the calendar of who claims."""
        day = self.cleaned_data["spent_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day has not come yet. Claim what you have paid."))
        return day


class DeclineForm(forms.Form):
    """Why a claim is declined: who made it reads it."""

    reason = forms.CharField(
        label=_("Why it is declined, for who made it"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
