"""Finding themes in texts: the list of themes and what is marked on each text, saved together."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from evaluation.domain.coding.marking import NONE, Marking, Marks, Naming
from evaluation.domain.coding.texts import Text
from evaluation.models import Theme

_MISSING = {"invalid_choice": _("A theme that you marked was taken out meanwhile. Mark this text again.")}
LONGEST = 60
"""Letters in a theme's name: it heads a line of a figure."""


class CodingForm(forms.Form):
    """Themes by name, a new one, and for each text what is marked on it. Each field has beside it what was seen on the page."""

    new = forms.CharField(label=_("A new theme"), max_length=LONGEST, required=False)

    def __init__(self, *args: Any, themes: Sequence[Theme], texts: Sequence[Text], marks: Marks, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._themes, self._texts = themes, texts
        choices = [*((str(theme.pk), theme.name) for theme in themes), (NONE, _("None of these"))]
        for number, theme in enumerate(themes, start=1):
            label = _("Theme %(number)d") % {"number": number}
            self.fields[f"name-{theme.pk}"] = forms.CharField(
                label=label, max_length=LONGEST, required=False, initial=theme.name
            )
            self.fields[f"was-{theme.pk}"] = _seen(theme.name)
        for text in texts:
            own = sorted(marks.get(text.response.pk, frozenset()))
            self.fields[f"marks-{text.code}"] = forms.MultipleChoiceField(
                label=_("Themes of this text"),
                required=False,
                choices=choices,
                initial=own,
                widget=forms.CheckboxSelectMultiple,
                error_messages=_MISSING,
            )
            self.fields[f"had-{text.code}"] = _seen(" ".join(own))

    @property
    def names(self) -> Iterator[tuple[BoundField, BoundField]]:
        """The themes: what each is called, and what it was called when the page was drawn."""
        for theme in self._themes:
            yield self[f"name-{theme.pk}"], self[f"was-{theme.pk}"]

    @property
    def rows(self) -> Iterator[tuple[Text, BoundField, BoundField]]:
        """The texts, with what is marked on each, and what was."""
        for text in self._texts:
            yield text, self[f"marks-{text.code}"], self[f"had-{text.code}"]

    def namings(self) -> dict[UUID, Naming]:
        """What the themes are to be called."""
        told = self.cleaned_data
        return {
            theme.pk: Naming(told[f"was-{theme.pk}"], told[f"name-{theme.pk}"])
            for theme in self._themes
            if f"was-{theme.pk}" in self.data
        }

    def markings(self) -> list[Marking]:
        """What is to be marked on the texts."""
        told = self.cleaned_data
        return [
            Marking(text, frozenset(told[f"had-{text.code}"].split()), frozenset(told[f"marks-{text.code}"]))
            for text in self._texts
        ]

    def refuse(self, faults: Mapping[str, str]) -> None:
        """Put faults that saving found beside the theme they are about."""
        for key, words in faults.items():
            name = f"name-{key}"
            self.add_error(name if name in self.fields else key if key in self.fields else None, words)


def _seen(value: str) -> forms.CharField:
    """What the page showed, sent along as it was."""
    return forms.CharField(required=False, strip=False, initial=value, widget=forms.HiddenInput)
