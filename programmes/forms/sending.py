"""Forms for sending material and for events: both go to chosen people of a cohort."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring import clock
from mentoring.accounts.forms.zones import ZoneField
from mentoring.ui.forms import SuggestedInput
from programmes.domain.event_feedback import SCALE
from programmes.domain.materials import Material
from programmes.enums import AsksGuests, Side
from programmes.models import Gathering, Participant
from templates_app.shapes import Module

EVERYBODY = "everybody"


class PeopleFields(forms.Form):
    """To whom: everybody who has joined, a side, or chosen people."""

    who = forms.ChoiceField(label=_("To"), widget=forms.RadioSelect, initial=EVERYBODY)
    people = forms.MultipleChoiceField(label=_("Chosen people"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, joined: Sequence[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.joined = list(joined)
        self.fields["who"].choices = [
            (EVERYBODY, _("everybody who has joined (%(count)d)") % {"count": len(self.joined)}),
            (Side.MENTOR, _("all mentors")),
            (Side.MENTEE, _("all mentees")),
            ("chosen", _("the people chosen below")),
        ]
        self.fields["people"].choices = [
            (str(person.pk), f"{person.name} · {person.get_side_display()}") for person in self.joined
        ]

    def chosen(self) -> list[Participant]:
        """The people it goes to."""
        who, ids = self.cleaned_data["who"], set(self.cleaned_data.get("people") or ())
        if who == "chosen":
            return [person for person in self.joined if str(person.pk) in ids]
        return [person for person in self.joined if who in {EVERYBODY, person.side}]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("who") and "people" in values and not self.chosen() and not values.get("is_open"):
            self.add_error("who", _("There is nobody to send it to. Choose somebody who has joined."))
        return values


class MaterialForm(PeopleFields):
    """Guidance and worksheets to send, with a few words."""

    items = forms.MultipleChoiceField(label=_("What to send"), widget=forms.CheckboxSelectMultiple)
    subject = forms.CharField(label=_("Subject"), max_length=200)
    words = forms.CharField(
        label=_("A few words"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}), required=False
    )

    field_order = ("subject", "words", "items", "who", "people")

    def __init__(self, *args: Any, materials: Sequence[Material], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.materials = list(materials)
        groups = {"article": _("Guidance"), "worksheet": _("Worksheets")}
        self.fields["items"].choices = [
            (label, [(one.value, one.title) for one in self.materials if one.kind == kind])
            for kind, label in groups.items()
        ]

    def chosen_materials(self) -> list[Material]:
        """What was ticked, in the order it stood in."""
        return [one for one in self.materials if one.value in set(self.cleaned_data["items"])]


class GatheringForm(PeopleFields):
    """An event. The time is read on the clock of the zone chosen beside it."""

    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.CharField(
        label=_("Kind"),
        max_length=60,
        required=False,
        widget=SuggestedInput,
        help_text=_("A webinar, a workshop: choose one, or call it what you call it."),
    )
    text = forms.CharField(
        label=_("What it is about"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    begins = forms.DateTimeField(
        label=_("Begins"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    zone = ZoneField(
        label=_("On the clock of"), help_text=_("A city or country. Everybody is told the time on their own clock.")
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=10, max_value=1440, initial=60)
    place = forms.CharField(label=_("Place or link"), max_length=500, required=False)
    places = forms.IntegerField(
        label=_("How many can come"),
        min_value=1,
        max_value=10_000,
        required=False,
        help_text=_("Empty: as many as like. Who says yes when all places are taken waits for one."),
    )
    is_open = forms.BooleanField(label=_("Everybody in the cohort may sign up"), required=False)
    module = forms.ChoiceField(
        label=_("Training that it completes"),
        required=False,
        help_text=_("For those whom you mark as having been there."),
    )

    asks = forms.ChoiceField(
        label=_("Ask those who were there how it was"),
        choices=AsksGuests.choices,
        required=False,
        initial=AsksGuests.NAMELESS,
        help_text=_("They have a week from when you note who was there. Then you read figures, if five have answered."),
    )

    def __init__(self, *args: Any, modules: Sequence[Module] = (), kinds: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].widget.suggestions = kinds
        self.fields["module"].choices = [("", _("none")), *((one.key, one.title) for one in modules)]
        if not modules:
            self.fields["module"].widget = forms.HiddenInput()

    def clean_kind(self) -> str:
        return " ".join(self.cleaned_data["kind"].split())

    def clean_asks(self) -> str:
        return self.cleaned_data["asks"] or AsksGuests.NAMELESS

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("begins") and values.get("zone"):
            # The browser sends a wall clock; whatever zone it was read in before, it means the one chosen here.
            values["starts_at"] = values["begins"].replace(tzinfo=ZoneInfo(values["zone"])).astimezone(dt.UTC)
            if values["starts_at"] <= clock.now():
                self.add_error("begins", _("This time is past. Choose one that is still to come."))
        return values

    @staticmethod
    def initial_of(gathering: Gathering) -> dict[str, Any]:
        """An event as the form shows it."""
        local = gathering.starts_at.astimezone(ZoneInfo(gathering.zone)).replace(tzinfo=None)
        return {
            "title": gathering.title,
            "text": gathering.text,
            "begins": local,
            "zone": gathering.zone,
            "minutes": gathering.minutes,
            "place": gathering.place,
            "kind": gathering.kind,
            "places": gathering.places,
            "is_open": gathering.is_open,
            "module": gathering.module,
            "asks": gathering.asks,
        }


class HowItWasForm(forms.Form):
    """What somebody who was at an event says of it."""

    score = forms.TypedChoiceField(
        label=_("How useful was it for you?"),
        coerce=int,
        choices=[(step, label) for step, label in reversed(SCALE.items())],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What was good, and what should be done differently?"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
