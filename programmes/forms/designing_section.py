"""A section of a worksheet: its heading, who writes it, who reads what is asked in it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.domain.designing.places import Definition
from programmes.domain.designing.questions import common_readers, kept_apart
from programmes.forms.designing_settings import SIDES, WRITERS, area, fewer_for

AS_IT_IS = "as-it-is"
"""The questions keep the readers that each has of its own."""


class SectionForm(forms.Form):
    """A section's heading and the words below it; and what all its questions have in common."""

    title = forms.CharField(label=gettext_lazy("Heading"), max_length=200, required=False)
    intro = forms.CharField(label=gettext_lazy("Words below it"), max_length=5000, required=False, widget=area(4))

    def __init__(self, data: Any = None, *, definition: Definition, section: dict[str, Any]) -> None:
        fewer = common_readers(section.get("fields", []))
        differ = not fewer and kept_apart(section.get("fields", []))
        initial = {"title": section.get("title", ""), "intro": section.get("intro", ""), "by": section.get("by", "")}
        self.stands = AS_IT_IS if differ else fewer
        super().__init__(data, initial={**initial, "readers": self.stands})
        sides = [side for side in WRITERS.get(definition.get("filled_by"), ()) if side != "each"]
        if sides or section.get("by"):
            choices = [("", _("Everybody who fills it in")), *((side, SIDES[side]) for side in sides)]
            self.fields["by"] = forms.ChoiceField(label=_("Who writes it"), choices=choices, required=False)
        self.fields["readers"] = forms.ChoiceField(
            label=_("Who reads what is asked here"),
            choices=[*([(AS_IT_IS, _("As each question says"))] if differ else []), *fewer_for(fewer)],
            required=False,
            help_text=_("It holds for every question of the section, and for those that you add to it."),
        )

    def values(self) -> dict[str, str]:
        """What the section itself says."""
        return {name: self.cleaned_data[name] for name in ("title", "intro", "by") if name in self.cleaned_data}

    @property
    def readers(self) -> str | None:
        """Who reads its questions from now on; ``None``: they stay as each is."""
        chosen: str = self.cleaned_data["readers"]
        return None if chosen == self.stands else chosen
