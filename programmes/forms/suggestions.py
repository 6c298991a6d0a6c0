"""Forms of the suggestion box."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SuggestionForm(forms.Form):
    """A note. Its code stands in the page before it is sent, so that a form sent twice is one note."""

    text = forms.CharField(
        label=_("What would make the programme better?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Leave out what only you can know: names, dates, what you and your partner talked about."),
    )
    code = forms.CharField(max_length=40, widget=forms.HiddenInput)


class CodeForm(forms.Form):
    """The code that somebody kept."""

    kept = forms.CharField(label=_("Your code"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class ReplyForm(forms.Form):
    """A coordinator's reply."""

    reply = forms.CharField(label=_("Your reply"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    publish = forms.BooleanField(
        label=_("Everybody in the programme reads this reply"),
        help_text=_(
            "They read the reply alone, never the note. Do not quote it: how somebody writes tells who they are."
        ),
        required=False,
    )
