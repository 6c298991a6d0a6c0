"""Indicators in the words in which the page shows them; the file holds the same lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evaluation.domain.exporting.tables import Row, Table
from evaluation.domain.indicating.drawing import drawing_of
from evaluation.domain.indicating.found import Figure, FoundIndicator, FoundMeasure, Whole
from mentoring.ui.charts import Chart
from templates_app.domain.counting import SMALLEST_GROUP
from templates_app.shapes import Indicator

SIDES = {
    "mentee": gettext_lazy("The mentees’ success"),
    "mentor": gettext_lazy("The mentors’ success"),
    "shared": gettext_lazy("What both share"),
    "programme": gettext_lazy("How the programme is going"),
}
HEAD = ["about", "indicator", "measure", "of", "at", "figure", "unit", "count", "behind", "whole", "note", "as_of"]


@dataclass(frozen=True)
class Line:
    """One figure: what it is of and when, the number, and what stands behind it."""

    figure: Figure
    what: str
    value: str
    behind: str


@dataclass(frozen=True)
class MeasureShown:
    """A measure with its lines, and a drawing where there is one to draw."""

    title: str
    lines: list[Line]
    chart: Chart | None
    kind: str


@dataclass(frozen=True)
class IndicatorShown:
    """An indicator with its measures in words."""

    indicator: Indicator
    measures: list[MeasureShown]


@dataclass(frozen=True)
class SideShown:
    """The indicators of one side, which stand apart from the others'."""

    key: str
    title: str
    indicators: list[IndicatorShown]


def by_side(found: Sequence[FoundIndicator]) -> list[SideShown]:
    """What was found, side by side and never put together."""
    return [
        SideShown(key, str(title), own)
        for key, title in SIDES.items()
        if (own := [_indicator(one) for one in found if one.indicator.about == key])
    ]


def _indicator(one: FoundIndicator) -> IndicatorShown:
    return IndicatorShown(one.indicator, [_measure(found) for found in one.measures])


def _measure(found: FoundMeasure) -> MeasureShown:
    chart, kind = drawing_of(found)
    return MeasureShown(found.measure.title, [line_of(figure) for figure in found.figures], chart, kind)


def line_of(figure: Figure) -> Line:
    """One figure in words."""
    what = ": ".join(part for part in (figure.group, figure.label) if part)
    return Line(figure, what, value_of(figure), behind_of(figure))


def value_of(figure: Figure) -> str:
    """The number with its unit; a word where it is not shown."""
    value = figure.rounded
    if value is None:
        return _("not shown") if figure.hidden else "–"
    if figure.unit == "percent":
        return f"{number_format(value, 0)}%"
    number = number_format(value, 0 if value.is_integer() and figure.unit == "number" else 1)
    if figure.unit == "change" and value > 0:
        number = f"+{number}"
    if figure.unit == "points" and figure.most:
        return _("%(number)s of %(most)s") % {"number": number, "most": number_format(figure.most, 0)}
    return number


def behind_of(figure: Figure) -> str:
    """What the number is made of, or why it is not there."""
    if figure.hidden:
        return _("Fewer than %(smallest)d stand behind it, or it would tell of a few.") % {"smallest": SMALLEST_GROUP}
    if figure.value is None:
        return _("Nothing to count yet.")
    whole = _whole(figure.whole, figure.people)
    if figure.count is None:
        return whole
    return _("%(count)d of %(whole)s") % {"count": figure.count, "whole": whole}


def _whole(whole: Whole, count: int) -> str:
    words = {
        "people": ngettext("%(count)d person", "%(count)d people", count),
        "relationships": ngettext("%(count)d relationship", "%(count)d relationships", count),
        "sessions": ngettext("%(count)d session", "%(count)d sessions", count),
        "goals": ngettext("%(count)d goal", "%(count)d goals", count),
        "texts": ngettext("%(count)d text", "%(count)d texts", count),
    }
    return words[whole] % {"count": count}


def table_of(found: Sequence[FoundIndicator], as_of: str) -> Table:
    """The same lines as a table, numbers as numbers. What the page does not show is not in it either."""
    rows: list[Row] = []
    for side in by_side(found):
        for one in side.indicators:
            for measure in one.measures:
                head = [side.key, one.indicator.title, measure.title]
                rows += [[*head, *_cells(line), as_of] for line in measure.lines]
    return Table("indicators", list(HEAD), rows)


def _cells(line: Line) -> Row:
    figure = line.figure
    told = figure.value is not None
    behind = figure.people if told else None
    note = "" if told else line.behind
    return [figure.group, figure.label, figure.rounded, figure.unit, figure.count, behind, figure.whole, note]
