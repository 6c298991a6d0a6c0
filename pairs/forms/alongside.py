"""Recording what stands alongside the handbook's path."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring import clock
from pairs.domain.instants import day_begins, local_day
from pairs.domain.people import People
from pairs.forms.grouping import told
from programmes.domain.matching.queries import matchable
from programmes.enums import Side
from programmes.forms.fields import within_time
from programmes.models import Cohort, Participant


class InformalForm(forms.Form):
    """Who with whom, and since when."""

    mentor = forms.ModelChoiceField(
        queryset=None, label=gettext_lazy("Mentor"), empty_label=gettext_lazy("Choose a mentor")
    )
    mentee = forms.ModelChoiceField(
        queryset=None, label=gettext_lazy("Mentee"), empty_label=gettext_lazy("Choose a mentee")
    )
    since = forms.DateField(
        label=gettext_lazy("Since when"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Left empty: from today on."),
        validators=[within_time],
    )

    def __init__(self, cohort: Cohort, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._zone = cohort.zone
        for name, side in (("mentor", Side.MENTOR), ("mentee", Side.MENTEE)):
            field: Any = self.fields[name]
            field.queryset = matchable(cohort, side)
            field.label_from_instance = told

    def clean_since(self) -> dt.datetime | None:
        """The beginning of that day on the cohort's clock; nothing for today. No day to come."""
        day, today = self.cleaned_data["since"], local_day(clock.now(), self._zone)
        if day is None or day == today:
            return None
        if day > today:
            raise forms.ValidationError(_("This day is still to come. Choose today or a day before."))
        return day_begins(day, self._zone)


class PeersForm(forms.Form):
    """The members of a group of peers, all of one role, and who of them leads."""

    members = forms.ModelMultipleChoiceField(
        queryset=None, label=gettext_lazy("Members"), widget=forms.CheckboxSelectMultiple
    )
    lead = forms.ModelChoiceField(
        queryset=None, label=gettext_lazy("Who of them leads"), empty_label=gettext_lazy("Choose one of the members")
    )

    def __init__(self, cohort: Cohort, side: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.queryset = matchable(cohort, side)  # type: ignore[attr-defined]
            field.label_from_instance = told  # type: ignore[attr-defined]


class LeadForm(forms.Form):
    """Who leads a running group of peers."""

    lead = forms.ModelChoiceField(
        queryset=None, empty_label=None, label=gettext_lazy("Who leads"), widget=forms.RadioSelect
    )

    def __init__(self, people: People, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["lead"]
        field.queryset = Participant.objects.filter(pk__in=[one.participant.pk for one in people.present])
        field.choices = [(one.participant.pk, one.name) for one in people.present]
        field.initial = people.lead.participant.pk if people.lead else None
