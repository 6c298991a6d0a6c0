"""The mentor's first letter."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pairs.domain.local_times import LocalInstant, shown_at
from pairs.forms.fields import chosen_instant, day_field, time_field
from pairs.models import Session

PLACE_WORDS = {
    "date": gettext_lazy("a date"),
    "time": gettext_lazy("a time"),
    "link": gettext_lazy("a link"),
}


class IntroductionForm(forms.Form):
    """Subject and text, and a first date with a link where the mentor has one to propose."""

    link = forms.URLField(
        label=gettext_lazy("Link to the call"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"inputmode": "url"}),
        error_messages={"invalid": gettext_lazy("Enter a whole address, such as https://meet.example/our-room.")},
    )
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200, widget=forms.TextInput())
    text = forms.CharField(
        label=gettext_lazy("Your letter"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    show_address = forms.BooleanField(
        label=gettext_lazy("Show my e-mail address, so that an answer can come by e-mail"), required=False
    )
    after = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    """The letter that this one follows: a second click on the same page sends no second letter."""
    field_order = ("day", "time", "link", "subject", "text", "show_address")

    def __init__(self, data: Any = None, *, zone: str, session: Session, subject: str, text: str, after: str) -> None:
        self.zone = zone
        self.session = session
        values: dict[str, Any] = {"link": session.link, "subject": subject, "text": text, "after": after}
        if session.starts_at is not None:
            values["day"], values["time"] = shown_at(session.starts_at, zone)
        super().__init__(data, initial=values)
        self.fields["day"] = day_field(label=_("Day of the first call"))
        self.fields["time"] = time_field(label=_("Time"))
        self.order_fields(self.field_order)
        self.fields["text"].help_text = _(
            "{date}, {time} and {link} are filled in for your mentee, on their own clock. Change every other word as you like."
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        self.chosen: LocalInstant | None = None
        if not {"day", "time"} & set(self.errors):
            try:
                stands = self.session.starts_at
                self.chosen = chosen_instant(values.get("day"), values.get("time"), self.zone, stands=stands)
            except forms.ValidationError as fault:
                self.add_error("time" if values.get("day") else "day", fault)
        return values

    def refuse_places(self, places: list[str]) -> None:
        """Say which places of the letter have nothing to stand in them."""
        missing = ", ".join(str(PLACE_WORDS[place]) for place in places)
        told = _("Your letter leaves a place for %(missing)s. Give it above, or take the words in braces out.")
        self.add_error("text", told % {"missing": missing})

    def refuse(self, faults: dict[int, str]) -> None:
        """Put what the verb refused beside the day."""
        for words in faults.values():
            self.add_error("day", words)
