"""Forms that change a programme's handbook."""

import re
from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.domain.handbook.editing import NotSound
from programmes.domain.handbook.parts import Field, ListPart
from templates_app.models import Article
from templates_app.shapes import Kit

MAKERS: dict[str, Any] = {
    "line": lambda **kw: forms.CharField(max_length=300, **kw),
    "text": lambda **kw: forms.CharField(max_length=20_000, widget=forms.Textarea(attrs={"rows": 5}), **kw),
    "url": lambda **kw: forms.URLField(max_length=500, assume_scheme="https", **kw),
    "number": lambda **kw: forms.IntegerField(min_value=0, max_value=365, **kw),
    "lines": lambda **kw: LinesField(**kw),  # noqa: PLW0108 - the class stands below
    "numbers": lambda **kw: NumbersField(**kw),  # noqa: PLW0108
}


class LinesField(forms.CharField):
    """Some texts, one on each line."""

    widget = forms.Textarea(attrs={"rows": 6})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]


class NumbersField(forms.CharField):
    """Whole numbers with commas between."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[int]:
        parts = [part for part in re.split(r"[,;\s]+", super().to_python(value) or "") if part]
        if not all(part.isascii() and part.isdigit() and len(part) < 4 for part in parts):
            raise forms.ValidationError(_("Write numbers with commas between, such as 4, 5."))
        return sorted({int(part) for part in parts})


class FieldsForm(forms.Form):
    """A form made of the fields that a part of the handbook lets one change."""

    def __init__(self, *args: Any, shape: tuple[Field, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in shape:
            self.fields[field.name] = MAKERS[field.kind](
                label=field.label, help_text=field.help, required=field.required
            )


def item_values(part: ListPart, item: dict[str, Any]) -> dict[str, Any]:
    """An item as its form shows it."""
    values = {field.name: item.get(field.name) for field in part.fields}
    if "parts" in values:
        values["parts"] = [one["text"] for one in item.get("parts") or []]
    return values


def add_problems(form: forms.Form, fault: NotSound) -> None:
    """Say beside its field, or above the form, why a change would leave an unsound handbook."""
    for where, message in fault.problems:
        name = next((part for part in reversed(where) if isinstance(part, str)), "")
        form.add_error(name if name in form.fields else None, message)


class PlanForm(forms.Form):
    """How long the programme runs, how often a pair meets, and how long."""

    months = forms.IntegerField(
        label=_("Months"), min_value=1, max_value=60, help_text=_("A new cohort lasts this long.")
    )
    sessions = forms.IntegerField(label=_("Sessions"), min_value=1, max_value=60)
    interval_months = forms.IntegerField(label=_("Months between sessions"), min_value=1, max_value=12)
    min_minutes = forms.IntegerField(label=_("Shortest meeting (minutes)"), min_value=10, max_value=600)
    default_minutes = forms.IntegerField(label=_("Usual meeting (minutes)"), min_value=10, max_value=600)
    max_minutes = forms.IntegerField(label=_("Longest meeting (minutes)"), min_value=10, max_value=600)
    platforms = LinesField(label=_("Platforms for calls"), help_text=_("One on each line."))

    @classmethod
    def initial_of(cls, plan: dict[str, Any]) -> dict[str, Any]:
        """A plan as the form shows it."""
        meeting = plan["meeting"]
        own = {name: plan[name] for name in ("months", "sessions", "interval_months")}
        minutes = {name: meeting[name] for name in ("min_minutes", "default_minutes", "max_minutes")}
        return {**own, **minutes, "platforms": [option["label"] for option in plan["platforms"]]}

    def value_of(self, plan: dict[str, Any], slices: list[dict[str, Any]]) -> dict[str, Any]:
        """The plan with what the form says. What stays keeps its key and its source."""
        value, clean = deepcopy(plan), self.cleaned_data
        for name in ("months", "sessions", "interval_months"):
            value[name] = clean[name]
        for name in ("min_minutes", "default_minutes", "max_minutes"):
            value["meeting"][name] = clean[name]
        value["meeting"]["slices"] = slices
        known = {option["label"].casefold(): option for option in plan["platforms"]}
        value["platforms"] = [known.get(label.casefold()) or _option(label) for label in clean["platforms"]]
        return value


def _option(label: str) -> dict[str, Any]:
    key = re.sub(r"[^a-z0-9]+", "_", label.casefold()).strip("_")[:50]
    return {"key": key if key[:1].isalpha() else f"own_{key}".rstrip("_"), "label": label, "ours": True}


class SliceForm(forms.Form):
    """A part of a meeting."""

    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=600)
    title = forms.CharField(label=_("Part"), max_length=100)
    text = forms.CharField(label=_("What it is for"), max_length=500, required=False)
    stretches = forms.BooleanField(label=_("Takes the extra time of a longer meeting"), required=False)


class BaseSlices(forms.BaseFormSet):
    """The parts of a meeting, each of which may be taken out."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Take this part out")


SliceFormSet = forms.formset_factory(SliceForm, formset=BaseSlices, extra=1, can_delete=True, max_num=8, absolute_max=8)


def slices_of(formset: forms.BaseFormSet, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The parts of a meeting as the forms say; those that stood there keep their source."""
    slices = []
    for index, form in enumerate(formset.forms):
        values = {name: value for name, value in form.cleaned_data.items() if name != "DELETE"}
        if values and not form.cleaned_data.get("DELETE"):
            slices.append({**(before[index] if index < len(before) else {"ours": True}), **values})
    return slices


class ArticleForm(forms.Form):
    """A guidance article."""

    title = forms.CharField(label=_("Title"), max_length=200)
    chapter = forms.ChoiceField(label=_("Chapter"))
    roles = forms.MultipleChoiceField(label=_("For"), widget=forms.CheckboxSelectMultiple)
    stages = forms.MultipleChoiceField(
        label=_("Shown at the stages"), widget=forms.CheckboxSelectMultiple, required=False
    )
    body = forms.CharField(
        label=_("Text"),
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_("Markdown: # for a heading, * for a list, **bold**, [words](https://address)."),
    )

    def __init__(self, *args: Any, kit: Kit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chapter"].choices = CHAPTERS
        self.fields["roles"].choices = ROLES
        self.fields["stages"].choices = [(stage.key, stage.title) for stage in kit.stages]

    @staticmethod
    def initial_of(article: Article) -> dict[str, Any]:
        """An article as the form shows it."""
        return {name: getattr(article, name) for name in ("title", "chapter", "roles", "stages", "body")}


CHAPTERS = [
    ("overview", _("The programme")),
    ("process", _("The mentoring process")),
    ("duties", _("Duties of both sides")),
    ("tips", _("Tips for a good relationship")),
    ("tools", _("Tools for learning")),
]
"""The five chapters of a handbook page (``plp.fact.handbook``), in their order."""

ROLES = [("mentor", _("mentors")), ("mentee", _("mentees")), ("coordinator", _("coordinators"))]
