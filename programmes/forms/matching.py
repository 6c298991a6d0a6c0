"""Forms of the matching pages. Every choice is taken from the cohort at hand, for this request."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.domain.matching.comparing import COMPARISONS
from programmes.domain.matching.criteria import comparable_fields
from programmes.domain.matching.queries import matchable
from programmes.enums import ConflictKind, Side
from programmes.models import Cohort, Criterion

KIND_WORDS = {
    "overlap": _("What both chose"),
    "same": _("The same answer"),
    "zone": _("Hours of the day they share"),
    "near": _("Numbers that are near each other"),
    "words": _("Words both use"),
    "age": _("Ages near each other"),
}


class PairForm(forms.Form):
    """One mentor and one mentee of the cohort."""

    mentee = forms.ModelChoiceField(queryset=None, label=_("Mentee"), empty_label=_("Choose a mentee"))
    mentor = forms.ModelChoiceField(queryset=None, label=_("Mentor"), empty_label=_("Choose a mentor"))

    def __init__(self, cohort: Cohort, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mentor"].queryset = matchable(cohort, Side.MENTOR)  # type: ignore[attr-defined]
        self.fields["mentee"].queryset = matchable(cohort, Side.MENTEE)  # type: ignore[attr-defined]


class ConflictForm(PairForm):
    """A conflict between two people."""

    kind = forms.ChoiceField(label=_("What it is"), choices=ConflictKind.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Note for the coordinators"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3})
    )


class CriterionForm(forms.Form):
    """A criterion of the programme's own."""

    title = forms.CharField(label=_("What to call it"), max_length=200)
    kind = forms.ChoiceField(label=_("How to compare"), choices=list(KIND_WORDS.items()))
    mentor_field = forms.ChoiceField(label=_("Question in the mentor's profile"))
    mentee_field = forms.ChoiceField(label=_("Question in the mentee's profile"))
    weight = forms.IntegerField(label=_("Weight"), min_value=0, max_value=100, initial=10)

    def __init__(self, cohort: Cohort, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = comparable_fields(cohort.programme)
        for side in (Side.MENTOR, Side.MENTEE):
            choices = [(shape.key, shape.label) for shape in offered.get(side, [])]
            self.fields[f"{side}_field"].choices = choices  # type: ignore[attr-defined]

    def clean_kind(self) -> str:
        """Only comparisons we know."""
        kind = self.cleaned_data["kind"]
        if kind not in COMPARISONS:
            raise forms.ValidationError(_("Choose how to compare."))
        return kind


class WeightsForm(forms.Form):
    """The weights of all criteria that count."""

    def __init__(self, criteria: list[Criterion], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = [row for row in criteria if row.removed_at is None]
        for row in self.criteria:
            self.fields[row.key] = forms.IntegerField(label=row.title, min_value=0, max_value=100, initial=row.weight)

    def rows(self) -> list[tuple[Criterion, forms.BoundField]]:
        """Each criterion with its box."""
        return [(row, self[row.key]) for row in self.criteria]
