"""Forms about people of a cohort."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.accounts.forms.names import LineField, NameField
from mentoring.accounts.forms.zones import ZoneField
from programmes.domain.importing.persons import MOST_AT_ONCE
from programmes.enums import Side
from programmes.forms.fields import DayField, PartnerField
from programmes.models import Participant


class PersonForm(forms.ModelForm):
    """Somebody's place in a cohort, as coordinators and partner leads write it.

    ``partners`` are the ids of the partners they may choose, when not all. ``decides`` offers to take somebody on at once.
    """

    side = forms.ChoiceField(label=_("Role"), choices=Side.choices, widget=forms.RadioSelect)
    zone = ZoneField(label=_("Where they are"), help_text=_("A city or country: it sets their clock."))
    take_on = forms.BooleanField(
        label=_("Take them on at once"),
        required=False,
        initial=True,
        help_text=_("Otherwise they wait for your decision."),
    )

    class Meta:
        model = Participant
        fields = (
            "side", "given_name", "family_name", "email", "zone", "country", "employer", "title",
            "supervisor_email", "capacity",
        )  # fmt: skip
        field_classes = {
            "given_name": NameField, "family_name": NameField,
            "country": LineField, "employer": LineField, "title": LineField,
        }  # fmt: skip
        help_texts = {
            "capacity": _("For a mentor: how many mentees at the same time."),
            "supervisor_email": _("Only if somebody at work should be able to approve."),
        }

    def __init__(self, *args: Any, partners: Any = None, decides: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Not a field of the class: its choices are read in the organisation that is open when the form is made.
        self.fields["partner"] = PartnerField(
            only=partners,
            label=_("Put forward by"),
            required=partners is not None,
            empty_label=_("Nobody") if partners is None else None,
            initial=self.instance.partner_id,
        )
        self.fields["capacity"].max_value = MOST_AT_ONCE
        self.fields["capacity"].validators.append(_at_most)
        self.order_fields([*self.Meta.fields, "partner", "take_on"])
        if not decides:
            del self.fields["take_on"]
        if not self.instance._state.adding:
            del self.fields["side"]

    def facts(self) -> dict[str, Any]:
        """What the verbs take as facts."""
        apart = {"side", "email", "partner", "take_on"}
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}

    def _get_validation_exclusions(self) -> set[str]:
        # Who is in the cohort already is for the verb to say: it knows the cohort, the form does not.
        return {*super()._get_validation_exclusions(), "cohort", "organisation"}

    def validate_unique(self) -> None:
        """Left to the verb."""

    def validate_constraints(self) -> None:
        """Left to the verb."""


def _at_most(value: int) -> None:
    if not 1 <= value <= MOST_AT_ONCE:
        raise forms.ValidationError(_("Write a number from 1 to %(most)d.") % {"most": MOST_AT_ONCE})


class JoinForm(forms.Form):
    """What somebody new checks before they join."""

    given_name = NameField(label=_("Given name"), max_length=120)
    family_name = NameField(label=_("Family name"), max_length=120, required=False)
    zone = ZoneField()


class AwayForm(forms.Form):
    """A period away."""

    starts_on = DayField(label=_("First day away"))
    ends_on = DayField(label=_("Last day away"))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day away is before the first."))
        return values


class LearningStyleForm(forms.Form):
    """How somebody learns best."""

    words = forms.CharField(
        label=_("How I learn best"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For instance by doing, by listening or by watching. Your mentoring partner reads this."),
    )
