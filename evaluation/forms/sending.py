"""Choosing the pairs to which the evaluation is sent."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evaluation.domain.sendings import Sending
from pairs.models import Pairing


class SendForm(forms.Form):
    """The pairs that have not had it yet; those that ended early are offered but not chosen beforehand."""

    pairs = forms.MultipleChoiceField(
        label=_("Pairs"),
        error_messages={"required": _("Choose at least one pair."), "invalid_choice": _("Choose again.")},
    )

    def __init__(self, *args: Any, sendings: Sequence[Sending], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._open = {str(one.pairing.pk): one.pairing for one in sendings if one.can_be_sent}
        field = self.fields["pairs"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(key, key) for key in self._open]

    def pairings(self) -> list[Pairing]:
        """The chosen ones."""
        return [self._open[key] for key in self.cleaned_data["pairs"]]
