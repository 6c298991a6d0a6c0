"""Forms of private issues."""

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.enums import IssueKind


class IssueForm(forms.Form):
    """Something a participant brings to the coordinators."""

    kind = forms.ChoiceField(
        label=_("What is it about?"), choices=IssueKind.choices, widget=forms.RadioSelect, initial=IssueKind.HELP
    )
    text = forms.CharField(
        label=_("What would you like to say?"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Say as much or as little as you like. If it concerns your mentee, write only what they agreed you may share."
        ),
    )


class NoteForm(forms.Form):
    """An answer within an issue."""

    text = forms.CharField(label=_("Your answer"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 5}))
