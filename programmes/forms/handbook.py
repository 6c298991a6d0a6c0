"""Forms that change a programme's handbook."""

from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.domain.handbook import words
from programmes.forms.handbook_fields import NumbersField
from templates_app.models import Article
from templates_app.shapes import Kit, Model, ModelKind

MODELS = list(words.MODELS)
LIMITS = {
    "group": ("mentors", "mentees"),
    "team": ("mentors", "mentees"),
    "peers": ("mentors", "mentees"),
}
"""The models that may have other limits than the usual ones, and whom these count."""


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
    models = forms.MultipleChoiceField(
        label=_("Pairs are made as"), choices=MODELS, widget=forms.CheckboxSelectMultiple
    )
    group_mentors = forms.IntegerField(
        label=_("Mentors of a group, at most"), min_value=1, max_value=50, required=False, help_text=_("Empty: one.")
    )
    group_mentees = forms.IntegerField(
        label=_("Mentees in a group, at most"), min_value=1, max_value=50, required=False, help_text=_("Empty: four.")
    )
    team_mentors = forms.IntegerField(
        label=_("Mentors of a team, at most"), min_value=1, max_value=50, required=False, help_text=_("Empty: two.")
    )
    team_mentees = forms.IntegerField(
        label=_("Mentees in a team, at most"),
        min_value=1,
        max_value=200,
        required=False,
        help_text=_("Empty: any number."),
    )
    peers_mentors = forms.IntegerField(
        label=_("Mentors among peers, at most"),
        min_value=2,
        max_value=50,
        required=False,
        help_text=_("Empty: twelve."),
    )
    peers_mentees = forms.IntegerField(
        label=_("Mentees among peers, at most"),
        min_value=2,
        max_value=50,
        required=False,
        help_text=_("Empty: twelve."),
    )
    experienced = forms.MultipleChoiceField(
        label=_("With an experienced mentor beside a new one"),
        choices=[one for one in words.MODELS if one[0] in {"group", "two-by-two", "team"}],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Whoever makes such a pair then says which of its mentors is the experienced one."),
    )

    @classmethod
    def initial_of(cls, plan: dict[str, Any]) -> dict[str, Any]:
        """A plan as the form shows it."""
        meeting = plan["meeting"]
        own = {name: plan[name] for name in ("months", "sessions", "interval_months")}
        minutes = {name: meeting[name] for name in ("min_minutes", "default_minutes", "max_minutes")}
        models = {_kind_of(one): one for one in plan["models"]}
        said = {kind: one if isinstance(one, dict) else {} for kind, one in models.items()}
        return {
            **own,
            **minutes,
            "models": list(models),
            **{f"{kind}_{whom}": said.get(kind, {}).get(whom) for kind, counted in LIMITS.items() for whom in counted},
            "experienced": [kind for kind, one in said.items() if one.get("experienced")],
        }

    def value_of(self, plan: dict[str, Any], slices: list[dict[str, Any]]) -> dict[str, Any]:
        """The plan with what the form says. What stays keeps its key and its source."""
        value, clean = deepcopy(plan), self.cleaned_data
        for name in ("months", "sessions", "interval_months"):
            value[name] = clean[name]
        for name in ("min_minutes", "default_minutes", "max_minutes"):
            value["meeting"][name] = clean[name]
        value["meeting"]["slices"] = slices
        value["models"] = self._models(plan)
        return value

    def _models(self, plan: dict[str, Any]) -> list[Any]:
        """The models chosen, each with its limits."""
        before = {_kind_of(one): one for one in plan["models"]}
        return [self._model(kind, before.get(kind, kind)) for kind in self.cleaned_data["models"]]

    def _model(self, kind: str, before: Any) -> Any:
        """A model with what is said of it; by its name alone where nothing about it is out of the ordinary."""
        clean, stands = self.cleaned_data, before if isinstance(before, dict) else {}
        value = {"kind": kind, "mentors": stands.get("mentors"), "mentees": stands.get("mentees"), "experienced": False}
        value |= {whom: clean[f"{kind}_{whom}"] for whom in LIMITS.get(kind, ())}
        asked = kind in dict(self.fields["experienced"].choices)
        value["experienced"] = kind in clean["experienced"] if asked else bool(stands.get("experienced"))
        return value if any(value[name] for name in ("mentors", "mentees", "experienced")) else kind

    def clean(self) -> dict[str, Any]:
        """Refuse an experienced mentor of a model that is not allowed, or has one mentor."""
        clean = super().clean() or {}
        for kind in clean.get("experienced", []):
            if kind not in clean.get("models", []):
                self.add_error(
                    "experienced", _("Pairs are not made like this: tick it above too, or take it out here.")
                )
            elif _has_one_mentor(kind, clean):
                self.add_error(f"{kind}_mentors", _("With one mentor there is no other beside the experienced one."))
        return clean


def _has_one_mentor(kind: str, clean: dict[str, Any]) -> bool:
    """Whether a pairing of that kind never has a second mentor, as the form says it."""
    return Model(kind=ModelKind(kind), mentors=clean.get(f"{kind}_mentors")).mentor_limits[1] == 1


def _kind_of(model: Any) -> str:
    return model["kind"] if isinstance(model, dict) else model


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


def _as_it_stood(chosen: list[str], stood: list[str]) -> list[str]:
    """What was ticked: first what stood there, in its order, so that saving it untouched changes nothing."""
    return [*(one for one in stood if one in chosen), *(one for one in chosen if one not in stood)]


class ArticleForm(forms.Form):
    """A guidance article."""

    title = forms.CharField(label=_("Title"), max_length=200)
    chapter = forms.ChoiceField(label=_("Chapter"))
    roles = forms.MultipleChoiceField(label=_("For"), widget=forms.CheckboxSelectMultiple)
    stages = forms.MultipleChoiceField(
        label=_("Shown at the stages"), widget=forms.CheckboxSelectMultiple, required=False
    )
    sessions = NumbersField(
        label=_("Shown with sessions"), required=False, help_text=_("Numbers with commas between, such as 4, 5.")
    )
    order = forms.IntegerField(
        label=_("Its place in its chapter"),
        min_value=0,
        max_value=100_000,
        required=False,
        help_text=_("Lower numbers come first. Empty: it stays where it is, and a new one comes last."),
    )
    pinned = forms.BooleanField(
        label=_("Everybody reads it before their first session, and it is within reach from every page of a pair"),
        required=False,
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

    def clean_roles(self) -> list[str]:
        """Whom it is for, in the order in which it stands."""
        return _as_it_stood(self.cleaned_data["roles"], self.initial.get("roles", []))

    def clean_stages(self) -> list[str]:
        """The stages at which it is shown, in the order in which it stands."""
        return _as_it_stood(self.cleaned_data["stages"], self.initial.get("stages", []))

    @staticmethod
    def initial_of(article: Article) -> dict[str, Any]:
        """An article as the form shows it."""
        names = ("title", "chapter", "roles", "stages", "sessions", "order", "pinned", "body")
        return {name: getattr(article, name) for name in names}

    def clean(self) -> dict[str, Any]:
        """An article without a place comes last, where it is new, and stays where it was."""
        clean = super().clean() or {}
        if clean.get("order") is None:
            clean.pop("order", None)
        return clean


CHAPTERS = [
    ("overview", _("The programme")),
    ("process", _("The mentoring process")),
    ("duties", _("Duties of both sides")),
    ("tips", _("Tips for a good relationship")),
    ("tools", _("Tools for learning")),
]
"""The five chapters of a handbook page (``plp.fact.handbook``), in their order."""

ROLES = [("mentor", _("mentors")), ("mentee", _("mentees")), ("coordinator", _("coordinators"))]
