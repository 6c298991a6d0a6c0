"""The forms of who signs from outside: whom one names, and what they answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.accounts.forms.names import LineField
from pairs.domain.outside_signing import LONGEST_WORD


class OutsideSignerForm(forms.Form):
    """Who signs from outside."""

    name = LineField(label=_("Their name"), max_length=200)
    email = forms.EmailField(label=_("Their e-mail address"), help_text=_("A link goes there. They need no account."))


class DecliningForm(forms.Form):
    """A word to the pair from somebody who does not sign."""

    word = forms.CharField(
        label=_("A word to them, if you like"),
        required=False,
        max_length=LONGEST_WORD,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Those of the pair who may read the text read it, and nobody else."),
    )
