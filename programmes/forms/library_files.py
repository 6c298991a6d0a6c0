"""Files of the library: what each is, for whom, and its newer versions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.enums import Side
from programmes.forms.library import TopicsField
from programmes.models import Cohort
from templates_app.domain.file_kinds import KINDS

COORDINATORS = ("coordinator", _("coordinators alone"))


class FileOfAKind(forms.FileField):
    """A file of one of the kinds that are taken; the look at it comes later."""

    widget = forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in KINDS)})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("File"))
        super().__init__(error_messages={"empty": _("This file is empty.")}, **kwargs)


class FileFacts(forms.Form):
    """What is said of a file. Coordinators, who are given ``cohorts``, name some of them or keep a file to themselves."""

    title = forms.CharField(label=_("What is it called?"), max_length=200)
    note = forms.CharField(
        label=_("What is it, and for what does it help?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    topics = TopicsField()
    roles = forms.MultipleChoiceField(
        label=_("For"),
        choices=Side.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: for everybody. Nobody else finds it."),
    )
    cohorts = forms.MultipleChoiceField(
        label=_("In these cohorts"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: in all of them, later ones too."),
    )

    def __init__(self, *args: Any, cohorts: Sequence[Cohort] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.pk): one for one in cohorts or ()}
        self.fields["cohorts"].choices = [(key, one.title) for key, one in self.known.items()]
        if cohorts is not None:
            self.fields["roles"].choices = [*Side.choices, COORDINATORS]
        if not cohorts:
            del self.fields["cohorts"]

    def clean_cohorts(self) -> list[Cohort]:
        return [self.known[key] for key in self.cleaned_data["cohorts"]]

    def clean(self) -> dict[str, Any]:
        """What coordinators keep to themselves is for nobody else besides."""
        values = super().clean() or {}
        values.setdefault("cohorts", [])
        roles = values.get("roles", [])
        if "coordinator" in roles and (len(roles) > 1 or values["cohorts"]):
            self.add_error("roles", _("What is for coordinators alone is for no side and no cohort besides."))
        return values


class AddFileForm(FileFacts):
    """A new file."""

    file = FileOfAKind()
    field_order = ("file", "title", "note", "topics", "roles", "cohorts")


class NewVersionForm(forms.Form):
    """A newer version of a file."""

    file = FileOfAKind(label=_("Newer version"))
    change = forms.CharField(
        label=_("What has changed"),
        max_length=300,
        required=False,
        help_text=_("In a line, for those who look after it."),
    )
