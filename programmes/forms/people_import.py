"""Forms for bringing in a file of people."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from programmes.domain.importing.targets import Target
from programmes.domain.people_import import DECIDED, SIDE, mapping_faults
from programmes.enums import Side


class UploadForm(forms.Form):
    """A file with a list of people."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV or an Excel workbook (.xlsx), with headings in the first line. You will see what becomes of it first."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,text/csv"}),
        error_messages={"empty": _("This file is empty. Choose the file that holds your list of people.")},
    )


class ColumnsForm(forms.Form):
    """What each column means. A field ``column_<n>`` for the n-th heading, counted from 0."""

    def __init__(
        self,
        *args: Any,
        headings: Sequence[str],
        targets: Sequence[Target],
        mapping: dict[str, str],
        candidates: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.headings = list(headings)
        self.targets = list(targets)
        choices = _choices(self.targets)
        for index, heading in enumerate(self.headings):
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=heading, choices=choices, required=False, initial=mapping.get(heading, "")
            )
        self.fields["side"] = forms.ChoiceField(
            label=_("Everybody in this file is a"),
            choices=[("", _("as the column says")), *Side.choices],
            required=False,
            initial=mapping.get(SIDE, ""),
        )
        if candidates:
            self.fields["decided"] = forms.BooleanField(
                label=_("These people are decided on: take them on at once"),
                required=False,
                initial=bool(mapping.get(DECIDED)),
                help_text=_("Otherwise whom a partner put forward waits for your decision."),
            )

    def columns(self) -> list[Any]:
        """The fields of the columns, in the file's order."""
        return [self[f"column_{index}"] for index in range(len(self.headings))]

    def mapping(self) -> dict[str, str]:
        """Heading → target, with what holds for the whole file."""
        clean = self.cleaned_data
        chosen = {heading: clean.get(f"column_{index}") or "" for index, heading in enumerate(self.headings)}
        if clean.get("side"):
            chosen[SIDE] = clean["side"]
        if clean.get("decided"):
            chosen[DECIDED] = "yes"
        return chosen

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not self.errors:
            labels = {target.key: str(target.label) for target in self.targets}
            for fault in mapping_faults(self.mapping()):
                self.add_error(None, _words(fault.code, labels.get(fault.target, fault.target), fault.target))
        return values


def _words(code: str, label: str, target: str) -> str:
    if code == "twice":
        return _now("Two columns are “%(label)s”. Choose one of them.") % {"label": label}
    if target == "role":
        return _now("Say which column tells mentors from mentees, or what everybody in this file is.")
    return _now("No column is “%(label)s”. Without it nobody can be taken in.") % {"label": label}


def _choices(targets: Sequence[Target]) -> list[Any]:
    person = [(target.key, target.label) for target in targets if not target.is_profile]
    profile = [(target.key, target.label) for target in targets if target.is_profile]
    return [
        ("", _("Leave this column out")),
        (_("The person"), person),
        (_("Their profile, for them to check"), profile),
    ]
