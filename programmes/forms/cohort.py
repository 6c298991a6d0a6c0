"""The form of a cohort."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.accounts.forms.zones import ZoneField
from programmes.enums import CohortState
from programmes.forms.fields import AddressField, DayField, free_slug
from programmes.models import Cohort, Programme


class CohortForm(forms.Form):
    """A cohort's facts; ``programme`` is needed for a new one, whose address is still free."""

    title = forms.CharField(label=_("Title"), max_length=200, help_text=_("For instance “November 2026”."))
    slug = AddressField()
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"), required=False)
    zone = ZoneField(
        label=_("Time zone"), help_text=_("A city or country. Days of the cohort begin and end on the clock there.")
    )
    evaluation_url = forms.URLField(
        label=_("Evaluation form elsewhere"),
        required=False,
        assume_scheme="https",
        max_length=200,
        help_text=_("Its address, if people fill in the evaluation outside. Leave it empty to use the form here."),
    )
    despite = forms.CharField(
        label=_("Why you open it all the same"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands on the cohort's page for those who coordinate the programme."),
    )
    state = forms.ChoiceField(label=_("State"), choices=CohortState.choices)

    def __init__(
        self,
        *args: Any,
        programme: Programme,
        cohort: Cohort | None = None,
        months: int,
        unsettled: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        if not unsettled:
            del self.fields["despite"]
        if cohort is None:
            del self.fields["state"]
            self.fields["ends_on"].help_text = _("Leave it empty for %(months)d months, as the handbook has it.") % {
                "months": months
            }
        else:
            del self.fields["slug"]
            self.fields["ends_on"].required = True

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if slug and self._taken(slug):
            raise forms.ValidationError(_("Another cohort of this programme has this address. Choose another."))
        return slug

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last <= first:
            self.add_error("ends_on", _("The last day comes after the first."))
        if values.get("title") and "slug" in values:
            values["slug"] = free_slug(values["slug"], values["title"], self._taken, "cohort")
        return values

    def _taken(self, slug: str) -> bool:
        return Cohort.objects.filter(programme=self.programme, slug=slug).exists()
