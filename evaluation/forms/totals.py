"""The days over which is counted."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evaluation.domain.totals import whole_months
from programmes.forms.fields import DayField, within_time


class PeriodForm(forms.Form):
    """From a day to a day, both included. ``months_until``: only whole months, over on that day."""

    first = DayField(label=_("From"), validators=[within_time])
    last = DayField(label=_("To"), validators=[within_time])

    def __init__(self, *args: Any, months_until: dt.date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.months_until = months_until

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        first, last = values.get("first"), values.get("last")
        if not first or not last:
            return values
        if last < first:
            self.add_error("last", _("The last day is before the first."))
        elif self.months_until is not None and not whole_months(first, last, today=self.months_until):
            self.add_error(
                None,
                _("Choose whole months that are over, from the first day of a month to the last day of a month."),
            )
        return values
