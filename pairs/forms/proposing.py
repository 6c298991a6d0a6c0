"""What somebody says to a match that is proposed to them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pairs.enums import MatchAnswer


class MatchAnswerForm(forms.Form):
    """Yes or no; with a no a word to the coordinators, for whoever wants to say one."""

    answer = forms.ChoiceField(choices=MatchAnswer.choices, widget=forms.HiddenInput)
    word = forms.CharField(
        label=_("A word to the coordinators"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "No reason is asked for. If you write one, the coordinators of this programme read it, and nobody else."
        ),
    )
