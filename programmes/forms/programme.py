"""Forms of a programme and of the people who run it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.accounts.forms.names import NameField
from programmes.enums import ProgrammeRole
from programmes.forms.fields import AddressField, PartnerField, free_slug
from programmes.models import Programme
from templates_app.shapes import Units

LONGEST_NAME = 200


class CarriersField(forms.CharField):
    """The names of the organisations that carry a programme, one on each line."""

    widget = forms.Textarea(attrs={"rows": 9})

    def __init__(self, **told: Any) -> None:
        super().__init__(label=_("Which organisations carry it?"), required=False, max_length=10_000, **told)

    def to_python(self, value: Any) -> list[str]:
        found: dict[str, str] = {}
        for line in (super().to_python(value) or "").splitlines():
            name = " ".join(line.split())
            found.setdefault(name.casefold(), name)
        return [name for name in found.values() if name]

    def validate(self, value: list[str]) -> None:
        if any(len(name) > LONGEST_NAME for name in value):
            raise forms.ValidationError(_("Keep each name to %(most)d letters.") % {"most": LONGEST_NAME})

    def run_validators(self, value: list[str]) -> None:
        """Each name was looked at by itself."""


class TitleForm(forms.Form):
    """A programme's title; where its handbook leaves ``unnamed`` organisations to be named, their names too."""

    def __init__(self, *args: Any, unnamed: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if unnamed:
            self.fields["partners"] = CarriersField(
                help_text=_(
                    "One on each line. The handbook is made for %(count)d; more or fewer are welcome, and they can be named "
                    "later. Whoever joins says which one is theirs."
                )
                % {"count": unnamed}
            )

    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("As people will see it, for instance with the year.")
    )


class ProgrammeForm(TitleForm):
    """A new programme."""

    slug = AddressField()

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if slug and _taken(slug):
            raise forms.ValidationError(_("Another programme has this address. Choose another."))
        return slug

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("title") and "slug" in values:
            values["slug"] = free_slug(values["slug"], values["title"], _taken, "programme")
        return values


class KitUploadForm(forms.Form):
    """A kit, packed."""

    file = forms.FileField(
        label=_("ZIP file"),
        help_text=_(
            "The kit's folder, packed: kit.yaml and what lies beside it. It is checked before anything is kept."
        ),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
        error_messages={"empty": _("This file is empty. Choose the packed folder of a kit.")},
    )
    replace = forms.BooleanField(
        label=_("If we have a kit of this key already, put this one in its place"),
        required=False,
        help_text=_("Programmes that were made from the earlier one have their own copies and stay as they are."),
    )


class RoleForm(forms.Form):
    """Somebody's role, by their e-mail address; with their name when nobody here has that address yet."""

    email = forms.EmailField(label=_("E-mail address"))
    given_name = NameField(
        label=_("Given name"), max_length=120, required=False, help_text=_("Only for somebody who is not a member yet.")
    )
    family_name = NameField(label=_("Family name"), max_length=120, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=ProgrammeRole.choices)

    def __init__(self, *args: Any, units: Units | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"] = PartnerField(
            label=units.label if units else _("Partner"),
            required=False,
            empty_label=_("None") if units else _("No partner"),
            help_text=_("For a keeper: whose list they keep.")
            if units
            else _("For a partner lead: whose people they look after."),
        )
        if units:
            keeper = (ProgrammeRole.PARTNER_LEAD.value, units.keeper)
            given = [keeper if key == keeper[0] else (key, label) for key, label in ProgrammeRole.choices]
            self.fields["role"].choices = given

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("role") == ProgrammeRole.PARTNER_LEAD and not values.get("partner"):
            self.add_error("partner", _("Choose the partner whose people they look after."))
        return values


def _taken(slug: str) -> bool:
    return Programme.objects.filter(slug=slug).exists()
