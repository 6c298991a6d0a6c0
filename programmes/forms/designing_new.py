"""What is added in the worksheet designer: a worksheet, a section, a question."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.domain.designing.kinds import CARD, Card, points_of
from programmes.domain.designing.words import FILLERS
from programmes.forms.designing_lines import SeveralField, fault_of, split_lines
from templates_app.shapes import Kind

LEAST_POINTS = 2
_FEW = gettext_lazy("A scale has at least two points, one on each line; or write 1-10.")


class NewWorksheetForm(forms.Form):
    """A new worksheet: blank, or a copy of another one."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=150)
    copy_of = forms.ChoiceField(
        label=gettext_lazy("Begin with"),
        required=False,
        help_text=gettext_lazy("A copy has all questions and readers, and is called for at no moment yet."),
    )
    filled_by = forms.ChoiceField(
        label=gettext_lazy("Who fills in a blank one"), choices=[(one.value, words) for one, words in FILLERS.items()]
    )

    def __init__(self, *args: Any, sheets: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        copies = [(key, _("A copy of: %(title)s") % {"title": title}) for key, title in sheets]
        self.fields["copy_of"].choices = [("", _("A blank sheet")), *copies]


class NewSectionForm(forms.Form):
    """A new section."""

    title = forms.CharField(label=gettext_lazy("Heading"), max_length=200)


class _Ways(forms.Select):
    """Ways to answer. Each says what else is asked for it, so that the page shows no box that has no use (``programmes.css``)."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        kind = Kind(option["value"])
        asked = {"data-lines": bool(CARD[kind].lines) or kind is Kind.NOTE, "data-scale": kind is Kind.MATRIX}
        option["attrs"] |= {name: "" for name, has in asked.items() if has}
        return option


class NewQuestionForm(forms.Form):
    """A new question: what is asked, and how it is answered."""

    label = forms.CharField(label=gettext_lazy("What is asked"), max_length=500)
    kind = forms.ChoiceField(label=gettext_lazy("How it is answered"), widget=_Ways)
    lines = SeveralField(
        label=gettext_lazy("Answers, lines or columns"),
        help_text=gettext_lazy(
            "One on each line: the answers of a choice, the points of a scale from low to high (or just 1-10), the lines of a "
            "checklist or grid, the columns of a table, the endings of files. For a text to read: the text. You can change "
            "all of it afterwards."
        ),
    )
    scale = SeveralField(
        label=gettext_lazy("Scale of a rating grid"),
        help_text=gettext_lazy("One point on each line from low to high, or just 1-10. Empty: 1 to 5."),
    )

    def __init__(self, *args: Any, cards: list[Card], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        families: dict[str, list[tuple[str, str]]] = {}
        for card in cards:
            families.setdefault(str(card.family), []).append((card.kind.value, f"{card.title} – {card.note}"))
        self.fields["kind"].choices = list(families.items())
        for name in ("lines", "scale"):
            self.fields[name].widget.attrs["placeholder"] = (
                " "  # what has one and stands empty can be told by the stylesheet
            )
        if Kind.MATRIX not in {card.kind for card in cards}:
            del self.fields["scale"]

    def clean_kind(self) -> Kind:
        return Kind(self.cleaned_data["kind"])

    def clean(self) -> dict[str, Any]:
        """Refuse lines that the kind has no place for, so that nothing typed is dropped in silence."""
        clean = super().clean() or {}
        kind = clean.get("kind")
        if kind is None or self.errors:
            return clean
        typed = clean["lines"]
        clean["lines"] = [typed.strip()] if kind is Kind.NOTE else split_lines(typed)
        clean["scale"] = split_lines(clean.get("scale", ""))
        self._fits(kind, clean)
        return clean

    def _fits(self, kind: Kind, clean: dict[str, Any]) -> None:
        lines, scale = clean["lines"], clean["scale"]
        if kind is not Kind.NOTE and lines and not CARD[kind].lines:
            words = _("“%(kind)s” has no lines. Choose another way of answering, or take them out here.")
            self.add_error("lines", words % {"kind": CARD[kind].title})
        elif kind is not Kind.NOTE and (fault := fault_of(lines)):
            self.add_error("lines", fault)
        if kind is Kind.SCALE and lines and len(points_of(lines)) < LEAST_POINTS:
            self.add_error("lines", _FEW)
        if scale and kind is not Kind.MATRIX:
            words = _(
                "Only a rating grid has a scale beside its lines. The points of a scale stand above, one on each line."
            )
            self.add_error("scale", words)
        elif scale and (fault := fault_of(scale)):
            self.add_error("scale", fault)
        elif scale and len(points_of(scale)) < LEAST_POINTS:
            self.add_error("scale", _FEW)
