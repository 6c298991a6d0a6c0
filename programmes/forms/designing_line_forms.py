"""One line of a list on a question's page: an answer, a line to tick, a row, a point of a scale."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

Leads = tuple[Sequence[tuple[str, str]], Sequence[tuple[str, str]]]
"""Articles and worksheets, by key and title."""
MOST_LETTERS = 500

_NEEDS = [("may", _("may be left")), ("should", _("remark when left")), ("must", _("needed"))]
_NOTES = [("none", _("a tick alone")), ("may", _("room for a note")), ("answer", _("asks what was agreed"))]


_STATES = [
    ("", _("as it was")),
    ("open", _("on the way")),
    ("off-track", _("off track")),
    ("reached", _("reached")),
    ("put-aside", _("put aside")),
]
_HOMEWORK = [
    ("", _("nothing said of it")),
    ("open", _("still to do")),
    ("reached", _("done")),
    ("put-aside", _("put aside")),
]
_AGAIN = [
    ("", _("never")),
    ("week", _("every week")),
    ("fortnight", _("every two weeks")),
    ("month", _("every month")),
]
_LINE_MEANINGS = [
    ("", _("nothing else")),
    ("ground-rule", _("a ground rule, shown again where it is needed")),
    ("boundary", _("a limit, shown where somebody wants to check")),
    ("ending-plan", _("how the pair wants to end")),
    ("learning-style", _("how the person learns best")),
]


class LineForm(forms.Form):
    """A line with words and a remark."""

    key = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    label = forms.CharField(label=_("Words"), required=False, max_length=MOST_LETTERS)
    help = forms.CharField(label=_("Remark"), required=False, max_length=1000)

    has_said = ("label", "help")

    @property
    def is_blank(self) -> bool:
        """Whether nothing is typed into a line that was not there before."""
        return not self["key"].value() and not any(str(self[name].value() or "").strip() for name in self.has_said)

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        if not self.is_blank and not clean.get("label"):
            self.add_error("label", _("Write something here, or take the line out."))
        return clean


class OptionForm(LineForm):
    """An answer to choose."""

    apart = forms.BooleanField(label=_("Does not count, such as “does not apply”"), required=False)


class FigureForm(LineForm):
    """A figure of a picture: what it does, and where it is."""

    x = forms.FloatField(label=_("From left, in %"), required=False, min_value=0, max_value=100)
    y = forms.FloatField(label=_("From top, in %"), required=False, min_value=0, max_value=100)


class GoalOptionForm(OptionForm):
    """An answer inside a goal: it may say how the goal stands."""

    state = forms.ChoiceField(label=_("The goal is then"), choices=_STATES, required=False)


class HomeworkOptionForm(OptionForm):
    """An answer on a sheet of homework: it may say how the homework stands."""

    state = forms.ChoiceField(label=_("The homework is then"), choices=_HOMEWORK, required=False)


class AgainOptionForm(OptionForm):
    """An answer that says how often its writer is led back to the sheet."""

    again = forms.ChoiceField(label=_("The writer is led back"), choices=_AGAIN, required=False)


class FormOptionForm(OptionForm):
    """A form of mentoring to choose in the agreement: which guidance and worksheets fit it alone."""

    def __init__(self, *args: Any, leads: Leads, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = (
            ("guides", _("Guidance for this form alone"), leads[0]),
            ("worksheets", _("Worksheets for this form alone"), leads[1]),
        )
        for name, label, known in told:
            stands = self.initial.get(name, [])
            choices = [*known, *((one, one) for one in stands if one not in dict(known))]
            self.fields[name] = forms.MultipleChoiceField(
                label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
            )


class TickForm(LineForm):
    """A line to tick."""

    note = forms.ChoiceField(label=_("Beside the tick"), choices=_NOTES, required=False)
    need = forms.ChoiceField(label=_("How much it is wanted"), choices=_NEEDS, required=False)
    meaning = forms.ChoiceField(label=_("What else the line is"), choices=_LINE_MEANINGS, required=False)


class RowForm(LineForm):
    """A line of a table or of a rating grid."""

    need = forms.ChoiceField(label=_("How much it is wanted"), choices=_NEEDS, required=False)


class PointForm(LineForm):
    """A point of a scale."""

    value = forms.IntegerField(label=_("Value"), required=False, min_value=-1000, max_value=1000)
    label = forms.CharField(label=_("Words"), required=False, max_length=MOST_LETTERS)
    help = None  # type: ignore[assignment]

    field_order = ["key", "value", "label"]
    has_said = ("value", "label")

    def clean(self) -> dict[str, Any]:
        """A point without words is sound, and one without a value counts on from the point above it."""
        return forms.Form.clean(self) or {}
