"""What may reach the coordinator: a yes or a no for each kind of record."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from pairs.domain.consent_changes import Question


class ConsentForm(forms.Form):
    """One question for each kind of record that is asked about."""

    def __init__(self, data: Any = None, *, questions: Sequence[Question]) -> None:
        super().__init__(data)
        choices = [("yes", _("The coordinator may read it")), ("no", _("It stays between us"))]
        for question in questions:
            if question.item.always:
                continue
            initial = None if question.given is None else "yes" if question.given else "no"
            self.fields[question.item.key] = forms.ChoiceField(
                label=question.item.label, choices=choices, widget=forms.RadioSelect, initial=initial
            )

    @property
    def answers(self) -> dict[str, bool]:
        """The answers, once the form is valid."""
        return {key: value == "yes" for key, value in self.cleaned_data.items()}
