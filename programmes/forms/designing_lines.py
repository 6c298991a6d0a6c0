"""Lists inside a question: the answers of a choice, the points of a scale, the lines of a checklist or grid.

Every line is a small form; buttons move one up or down, or take it out, and keep what is typed in all of them. Blank lines
at the end become new ones. A line keeps its key whatever becomes of its words.
"""

from collections.abc import Collection, Mapping
from typing import Any, Literal

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programmes.domain.designing.kinds import labelled, points_of
from programmes.domain.designing.places import Field, move, new_key, tidy
from programmes.forms.designing_line_forms import (
    MOST_LETTERS,
    AgainOptionForm,
    FigureForm,
    FormOptionForm,
    GoalOptionForm,
    HomeworkOptionForm,
    Leads,
    LineForm,
    OptionForm,
    PointForm,
    RowForm,
    TickForm,
)
from templates_app.shapes import Kind
from templates_app.shapes.kinds import HAS_ITEMS, HAS_OPTIONS, HAS_POINTS

MOST_LINES = 200
BLANK_LINES = 2

_LINE = {
    "help": "",
    "apart": False,
    "state": "",
    "again": "",
    "guides": [],
    "worksheets": [],
    "note": "none",
    "need": "may",
    "meaning": "",
    "source": [],
}


class SeveralField(forms.CharField):
    """A box for several lines at once."""

    def __init__(self, **kwargs: Any) -> None:
        area = forms.Textarea(attrs={"rows": 4})
        super().__init__(**{"required": False, "max_length": 40_000, "widget": area, **kwargs})


def split_lines(typed: str) -> list[str]:
    """What is typed, line by line; blank ones fall away."""
    return [" ".join(line.split()) for line in typed.splitlines() if line.strip()]


def fault_of(lines: list[str], *, room: int = MOST_LINES) -> str:
    """Why these lines cannot all be taken, in words; empty where they can."""
    if len(lines) > room:
        return gettext("These are %(count)d lines, and there is room for %(room)d.") % {
            "count": len(lines),
            "room": room,
        }
    long = next((number for number, line in enumerate(lines, 1) if len(line) > MOST_LETTERS), 0)
    words = gettext("Line %(number)d has more than %(most)d letters. Shorten it, or put part of it into a remark.")
    return words % {"number": long, "most": MOST_LETTERS} if long else ""


class SeveralForm(forms.Form):
    """Lines to be added to a list, all at once."""

    several = SeveralField(label=_("Add several at once"), help_text=_("One on each line. They come after the others."))

    def __init__(self, *args: Any, room: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.room = room

    def clean_several(self) -> list[str]:
        lines = split_lines(self.cleaned_data["several"])
        if fault := fault_of(lines, room=self.room):
            raise forms.ValidationError(fault)
        return lines


Of = Literal["", "goal", "homework", "again", "form"]
_TELLING: dict[str, type[LineForm]] = {
    "goal": GoalOptionForm,
    "homework": HomeworkOptionForm,
    "again": AgainOptionForm,
    "form": FormOptionForm,
}


class Lines:
    """A list of lines on a question's page. ``name`` is the attribute it fills: options, points, items. ``given`` are keys that
    lines of earlier versions had, and that no new line gets.
    """

    def __init__(
        self,
        name: str,
        field: Field,
        data: Mapping[str, Any] | None,
        *,
        of: Of = "",
        given: Collection[str] = (),
        leads: Leads = ((), ()),
    ) -> None:
        self.name, self.field, self.given = name, field, given
        self.title, self.help, self.form_class = _kind_of(name, Kind(field["kind"]))
        if of and name == "options" and (field["kind"] == Kind.CHOICE or of == "form"):
            self.form_class = _TELLING[of]
        self.more = {"leads": leads} if self.form_class is FormOptionForm else {}
        self.stands = field.get(name, [])
        count = self._count(data)
        self.forms = [self._form(index, data) for index in range(count)]
        self.several = SeveralForm(data, prefix=name, room=MOST_LINES - count)
        self.skipped: int | None = None

    def _count(self, data: Mapping[str, Any] | None) -> int:
        if data is None:
            return len(self.stands) + BLANK_LINES
        sent = str(data.get(f"{self.name}-count", ""))
        return min(int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 5 else 0, MOST_LINES)

    def _form(self, index: int, data: Mapping[str, Any] | None) -> LineForm:
        prefix = f"{self.name}-{index}"
        if data is not None:
            return self.form_class(
                data, prefix=prefix, initial=self._initial(index) if self.more else None, **self.more
            )
        return self.form_class(prefix=prefix, initial=self._initial(index), **self.more)

    def _initial(self, index: int) -> dict[str, Any]:
        if index >= len(self.stands):
            return {}
        line = self.stands[index]
        return {**line, "key": line.get("key", line.get("value"))}

    @property
    def count(self) -> int:
        """How many lines are drawn, blank ones among them."""
        return len(self.forms)

    def is_valid(self) -> bool:
        """Whether every line that holds something is sound; one that is being taken out need not be."""
        judged = [form.is_valid() for index, form in enumerate(self.forms) if index != self.skipped]
        return all([*judged, self.several.is_valid()])

    def named(self) -> list[tuple[str, forms.Form]]:
        """The lines as one speaks of them, without one that is being taken out."""
        words = gettext("%(list)s, line %(number)d")
        told: list[tuple[str, forms.Form]] = [
            (words % {"list": self.title, "number": index + 1}, form)
            for index, form in enumerate(self.forms)
            if index != self.skipped
        ]
        return [*told, (str(self.title), self.several)]

    def value(self) -> list[dict[str, Any]]:
        """The lines as the shapes have them, in the order of the page; what was not shown of them stays."""
        found: list[dict[str, Any]] = []
        old = {str(line.get("key", line.get("value"))): line for line in self.stands}
        taken = {*old, *self.given, "other"}
        for form in self.forms:
            if not form.is_bound or form.is_blank or not form.is_valid():
                continue
            clean = {name: value for name, value in form.cleaned_data.items() if value is not None and name != "key"}
            line = {**old.get(form.cleaned_data["key"], {}), **clean}
            if self.name != "points" and "key" not in line:
                line["key"] = new_key(clean["label"], taken, fallback="line")
                taken.add(line["key"])
            if self.name == "points" and "value" not in line:
                line = {"value": found[-1]["value"] + 1 if found else 1, **line}
            tidy(line, _LINE if self.name != "points" else {"label": "", "source": []})
            found.append(line)
        return [*found, *self._further(found, taken)]

    def _further(self, found: list[dict[str, Any]], taken: set[str]) -> list[dict[str, Any]]:
        """What was typed to be added all at once."""
        lines = self.several.cleaned_data["several"] if self.several.is_valid() else []
        if self.name == "points":
            return points_of(lines, first=1 + max((one["value"] for one in found), default=0)) if lines else []
        return labelled(lines, "line", taken=taken)

    def rearranged(self, verb: str, index: int) -> list[dict[str, Any]]:
        """The lines with one moved ``up`` or ``down``, or taken out (``remove``)."""
        if verb == "remove":
            self.skipped = index
            rest = [form for place, form in enumerate(self.forms) if place != index]
            self.forms, kept = rest, self.forms
            lines = self.value()
            self.forms = kept
            return lines
        lines = self.value()
        if 0 <= index < len(lines):
            move(lines, index, -1 if verb == "up" else 1)
        return lines


_POINTS_HELP = _(
    "From low to high. What is answered is counted by the value; left blank, it counts on from the point above."
)


_FIGURES_HELP = _(
    "Say of each what it does: that is its name for those who do not see the picture. The easiest way to say where one is: "
    "choose it below the picture and press the picture there."
)


def _kind_of(name: str, kind: Kind) -> tuple[Any, Any, type[LineForm]]:
    if name == "options" and kind is Kind.PICTURE:
        return _("Figures"), _FIGURES_HELP, FigureForm
    if name == "options":
        return _("Answers to choose"), "", OptionForm
    if name == "points":
        return _("Points of the scale"), _POINTS_HELP, PointForm
    if kind is Kind.CHECKLIST:
        return _("Lines to tick"), "", TickForm
    if kind is Kind.MATRIX:
        return _("Lines that are rated"), "", RowForm
    return _("Fixed lines"), _("Leave this empty for a table to which people add rows."), RowForm


def lines_of(
    field: Field,
    data: Mapping[str, Any] | None,
    *,
    of: Of = "",
    given: Collection[str] = (),
    leads: Leads = ((), ()),
) -> dict[str, Lines]:
    """The lists that a question of this kind has, by attribute. ``of``: what an answer to it may tell; ``given``: keys of answers
    that were there before; ``leads``: the articles and worksheets to which an answer may lead.
    """
    kind = Kind(field["kind"])
    names = (("options", HAS_OPTIONS), ("items", HAS_ITEMS), ("points", HAS_POINTS))
    return {name: Lines(name, field, data, of=of, given=given, leads=leads) for name, kinds in names if kind in kinds}
