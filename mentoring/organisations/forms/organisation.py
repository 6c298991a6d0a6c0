"""Forms for creating an organisation and changing its settings."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mentoring.accounts.forms.names import NameField
from mentoring.accounts.forms.zones import ZoneField
from mentoring.organisations.domain.organisations import slug_is_free, suggest_slug
from mentoring.tenancy.models import Organisation
from mentoring.tenancy.models.organisation import slug_validator
from mentoring.ui.accent import DEFAULT, accent_faults


class AccentField(forms.CharField):
    """A colour as ``#rrggbb``, chosen with the browser's own picker, that can be read on paper, light and dark."""

    widget = forms.TextInput(attrs={"type": "color"})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Accent colour"))
        kwargs.setdefault("help_text", _("Buttons and headings take it up. It must be dark enough to be read."))
        super().__init__(max_length=7, **kwargs)

    def clean(self, value: Any) -> str:
        """The colour in small letters, or why it cannot be one."""
        colour = super().clean(value).lower()
        if fault := accent_faults(colour):
            raise forms.ValidationError(fault)
        return colour


class SettingsForm(forms.Form):
    """What can be changed of an organisation. Its address stays, because links lead there."""

    name = NameField(label=_("Name of the organisation"), max_length=200)
    zone = ZoneField(
        label=_("Where it is"),
        help_text=_("Type its city or country. Dates without a person's own clock are on this one."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, initial=settings.LANGUAGE_CODE)
    accent = AccentField(initial=DEFAULT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(settings.LANGUAGES) < 2:
            self.fields["language"].widget = forms.HiddenInput()

    @staticmethod
    def initial_of(organisation: Organisation) -> dict[str, str]:
        """The settings as they are."""
        return {name: getattr(organisation, name) for name in ("name", "zone", "language", "accent")}


class NewOrganisationForm(SettingsForm):
    """A new organisation and, for visitors who are not signed in, its first admin."""

    slug = forms.CharField(
        label=_("Address"),
        max_length=50,
        required=False,
        validators=[slug_validator],
        help_text=_(
            "The last part of its web address: small letters, digits, hyphens. Left empty, it is made of the name."
        ),
    )
    given_name = NameField(label=_("Your given name"), max_length=120)
    family_name = NameField(label=_("Your family name"), max_length=120, required=False)
    email = forms.EmailField(
        label=_("Your e-mail address"), max_length=254, help_text=_("You sign in with it: we send a code there.")
    )

    field_order = ("name", "slug", "zone", "language", "accent", "given_name", "family_name", "email")

    def __init__(self, *args: Any, signed_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, token in (("given_name", "given-name"), ("family_name", "family-name"), ("email", "email")):
            if signed_in:
                del self.fields[name]
            else:
                self.fields[name].widget.attrs["autocomplete"] = token

    def clean_slug(self) -> str:
        """An address that nobody has."""
        slug = self.cleaned_data["slug"]
        if slug and not slug_is_free(slug):
            raise forms.ValidationError(_("This address is taken. Choose another, or leave it empty."))
        return slug

    def clean(self) -> dict[str, Any]:
        """Make an address of the name where none was chosen."""
        values = super().clean() or self.cleaned_data
        if values.get("name") and "slug" in values and not values["slug"]:
            values["slug"] = suggest_slug(values["name"])
        return values
