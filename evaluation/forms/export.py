"""Asking for an export."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evaluation.enums import ExportKind
from programmes.models import Cohort

WHOLE = "-"
"""Stands for the whole programme: no cohort has such an address."""


class ExportForm(forms.Form):
    """What to take out, and in which form. Where it is about one pair, nothing else is asked."""

    cohort = forms.ChoiceField(label=_("What"), initial=WHOLE)
    kind = forms.ChoiceField(
        label=_("As"), choices=ExportKind.choices, initial=ExportKind.XLSX, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, cohorts: Sequence[Cohort], one_pair: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._cohorts = {cohort.slug: cohort for cohort in cohorts}
        field = self.fields["cohort"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(WHOLE, _("The whole programme")), *((slug, one.title) for slug, one in self._cohorts.items())]
        if one_pair:
            del self.fields["cohort"]
            kind = self.fields["kind"]
            assert isinstance(kind, forms.ChoiceField)
            kind.choices = [one for one in ExportKind.choices if one[0] != ExportKind.NAMELESS]

    def chosen_cohort(self) -> Cohort | None:
        """The cohort, or ``None`` for the whole programme."""
        return self._cohorts.get(self.cleaned_data.get("cohort", WHOLE))
