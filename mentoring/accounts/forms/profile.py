"""Forms of a person's own page."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mentoring.accounts.forms.names import NameField
from mentoring.accounts.forms.zones import ZoneField
from mentoring.accounts.models import User


class ProfileForm(forms.ModelForm):
    """Who one is, where, and in which language."""

    zone = ZoneField()
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    class Meta:
        model = User
        fields = ("given_name", "family_name", "zone", "language")
        field_classes = {"given_name": NameField, "family_name": NameField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["given_name"].required = True
        self.fields["given_name"].widget.attrs["autocomplete"] = "given-name"
        self.fields["family_name"].widget.attrs["autocomplete"] = "family-name"
        if len(settings.LANGUAGES) < 2:
            del self.fields["language"]
