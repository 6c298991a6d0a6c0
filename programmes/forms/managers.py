"""Forms around line managers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.accounts.forms.names import LineField


class ManagerForm(forms.Form):
    """Who somebody's line manager is."""

    name = LineField(label=_("The manager's name"), max_length=200)
    email = forms.EmailField(
        label=_("The manager's e-mail address"), help_text=_("A link goes there. They need no account.")
    )


class ListedForm(forms.Form):
    """Somebody who is asked once a year what their staff need."""

    name = LineField(label=_("Name"), max_length=200)
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("A link goes there, once a year. They need no account.")
    )
    unit = LineField(label=_("Unit or team"), max_length=200, required=False)
