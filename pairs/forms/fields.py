"""Day and time as two plain fields, read on somebody's own clock."""

import datetime as dt

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pairs.domain.local_times import LocalInstant, SkippedTime, instant_at, shown_at
from programmes.forms.fields import within_time


def day_field(*, label: str, required: bool = False) -> forms.DateField:
    """A day, typed or picked."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    messages = {"invalid": gettext_lazy("Enter a date as year-month-day, such as 2026-11-24.")}
    # A form that could mean two days (12/11) is refused, as in worksheets.
    formats = ["%Y-%m-%d", "%d %B %Y", "%d %b %Y"]
    return forms.DateField(
        label=label,
        required=required,
        widget=widget,
        error_messages=messages,
        input_formats=formats,
        validators=[within_time],
    )


def time_field(*, label: str, required: bool = False) -> forms.TimeField:
    """A time of day, typed or picked."""
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    messages = {"invalid": gettext_lazy("Enter a time, such as 09:30.")}
    formats = ["%H:%M", "%H:%M:%S", "%H.%M", "%I:%M %p"]
    return forms.TimeField(
        label=label, required=required, widget=widget, error_messages=messages, input_formats=formats
    )


def chosen_instant(
    day: dt.date | None, time: dt.time | None, zone: str, *, stands: dt.datetime | None = None
) -> LocalInstant | None:
    """The instant that day and time mean in a zone; ``None`` when both are blank.

    ``stands`` is the instant that the fields were filled from: left as they were, they mean that one, also where the
    clocks show this time twice and it is the second. Raises ``forms.ValidationError`` for half of it and for a time that
    the clocks skip.
    """
    if day is None and time is None:
        return None
    if day is None:
        raise forms.ValidationError(_("Enter the date as well."))
    if time is None:
        raise forms.ValidationError(_("Enter the time as well."))
    if stands is not None and (day, time) == shown_at(stands, zone):
        return LocalInstant(stands)
    try:
        return instant_at(day, time, zone)
    except SkippedTime as skipped:
        words = {"instead": f"{skipped.instead:%H:%M}"}
        told = _("The clocks change on this day and skip this time. Choose %(instead)s or another time.")
        raise forms.ValidationError(told % words) from skipped
