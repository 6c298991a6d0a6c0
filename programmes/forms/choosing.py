"""Forms of choosing: filters of the list, somebody named by address, a time for a talk, who approves."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring import clock
from mentoring.accounts.forms.names import LineField, NameField
from programmes.domain.choosing.directory import FilterField

WORDS = "looked-for"
HAS_PLACE = "has-place"
"""No question's key holds a hyphen."""


class MentorFilterForm(forms.Form):
    """One choice for each question by whose options one may filter. What is not offered filters nothing."""

    def __init__(
        self, data: Any, *, filters: Sequence[FilterField], searches: bool = False, availability: bool = False
    ) -> None:
        super().__init__(data)
        self.filters = [one.key for one in filters]
        if searches:
            self.fields[WORDS] = forms.CharField(
                label=_("What you look for"),
                max_length=200,
                required=False,
                help_text=_("A challenge, a post, a skill. Who has met it lately comes first, whatever their level."),
            )
        for one in filters:
            choices = [("", _("Any")), *((option.key, option.label) for option in one.options)]
            self.fields[one.key] = forms.ChoiceField(label=one.label, choices=choices, required=False)
        if availability:
            places = [("", _("Everybody")), ("now", _("Has a place for a mentee now"))]
            self.fields[HAS_PLACE] = forms.ChoiceField(label=_("Availability"), choices=places, required=False)

    def chosen(self) -> dict[str, str]:
        """Question → option, for those that were chosen."""
        self.is_valid()
        return {key: self.cleaned_data[key] for key in self.filters if self.cleaned_data.get(key)}

    def words(self) -> str:
        """What is looked for in what mentors wrote; empty where nothing is."""
        self.is_valid()
        return self.cleaned_data.get(WORDS, "")

    def only_with_place(self) -> bool:
        """Whether those alone are looked for who could take a mentee now."""
        self.is_valid()
        return bool(self.cleaned_data.get(HAS_PLACE))


class NameMentorForm(forms.Form):
    """Somebody whom one knows and who is not in the list."""

    given_name = NameField(label=_("Given name"), max_length=120)
    family_name = NameField(label=_("Family name"), max_length=120, required=False)
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("An invitation goes there once you send the request, and not before.")
    )
    known_how = forms.CharField(
        label=_("How do you know each other?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("They read it with your request. Nobody else does."),
    )


class TalkForm(forms.Form):
    """A day and a time on one's own clock."""

    at = forms.DateTimeField(
        label=_("Day and time"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, data: Any = None, *, zone: str, at: dt.datetime | None = None) -> None:
        self.zone = ZoneInfo(zone)
        local = at.astimezone(self.zone).replace(tzinfo=None) if at else None
        super().__init__(data, initial={"at": local})

    def clean_at(self) -> dt.datetime:
        # The browser sends a wall clock; whatever zone it was read in before, it means the person's own.
        at = self.cleaned_data["at"].replace(tzinfo=self.zone).astimezone(dt.UTC)
        if at <= clock.now():
            raise forms.ValidationError(_("This time is past. Choose one that is still to come."))
        return at


class ApproverForm(forms.Form):
    """Who is asked to approve."""

    name = LineField(label=_("Their name"), max_length=200)
    email = forms.EmailField(label=_("Their e-mail address"), help_text=_("A link goes there. They need no account."))


class UnitForm(forms.Form):
    """A part of the organisation that keeps a list of mentors, by the handbook's word for it."""

    name = NameField(max_length=200)

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = label
