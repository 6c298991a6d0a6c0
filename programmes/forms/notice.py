"""The form of the notice for all staff."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.accounts.forms.names import LineField


class NoticeForm(forms.Form):
    """Whether the page is open, whom it names, and whether search engines list it."""

    is_open = forms.BooleanField(
        label=_("The page is open"),
        required=False,
        help_text=_("Whoever has its address reads it, without an account."),
    )
    contact = LineField(
        label=_("Whom to ask"),
        max_length=300,
        required=False,
        help_text=_(
            "An address, a telephone number, a name: what you want everybody to read. Empty: nobody stands there."
        ),
    )
    may_be_found = forms.BooleanField(
        label=_("Search engines may list it"),
        required=False,
        help_text=_("Without it only those find the page who were given its address."),
    )
