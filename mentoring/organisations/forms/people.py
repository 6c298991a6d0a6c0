"""Forms for admins and partners."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.accounts.forms.names import NameField


class AdminForm(forms.Form):
    """Somebody who is to look after the organisation."""

    given_name = NameField(label=_("Given name"), max_length=120)
    family_name = NameField(label=_("Family name"), max_length=120, required=False)
    email = forms.EmailField(label=_("E-mail address"), max_length=254)


class PartnerForm(forms.Form):
    """A partner's name."""

    name = NameField(label=_("Name of the partner"), max_length=200)
    short = NameField(
        label=_("Short name"), max_length=60, required=False, help_text=_("As people say it, such as SPREP.")
    )
    mailbox = forms.EmailField(
        label=_("Contact mailbox"),
        required=False,
        help_text=_("Hears what its lead would hear while none is named. Its people see the address."),
    )
