"""Forms of the list of confidential records."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from templates_app.shapes import OF_PAIRS, Retention

SINCE = (("ended", gettext_lazy("the end of the pairing")), ("cohort-end", gettext_lazy("the cohort's last day")))


class RuleForm(forms.Form):
    """How long one kind of record is kept."""

    months = forms.IntegerField(
        label=gettext_lazy("Kept for (months)"),
        min_value=0,
        max_value=1200,
        required=False,
        help_text=gettext_lazy("Calendar months. Empty: no period is set, and nothing falls due."),
    )
    since = forms.ChoiceField(label=gettext_lazy("Counted from"), choices=SINCE)
    words = forms.CharField(
        label=gettext_lazy("The rule in your own words"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Where the period comes from, and what holds a deletion up."),
    )

    def __init__(self, data: Any = None, *, rule: Retention) -> None:
        super().__init__(data, initial={"months": rule.months, "since": rule.since, "words": rule.words})
        if rule.kind not in OF_PAIRS:
            self.fields["since"].choices = SINCE[1:]


class DeleteForm(forms.Form):
    """The confirmation: so many were shown, and they are to be deleted for good."""

    count = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    sure = forms.BooleanField(
        label=gettext_lazy("I have looked at the number and the rule. Delete them for good."),
        error_messages={"required": gettext_lazy("Tick this if they are to be deleted: nothing brings them back.")},
    )

    def faults(self) -> str:
        """What to do, in one sentence."""
        return " ".join(words for errors in self.errors.values() for words in errors) or _("Look at the page again.")
