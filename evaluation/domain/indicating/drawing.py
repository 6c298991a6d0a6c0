"""What of a measure can be drawn: figures of one kind that are shown, over time as a line, over kinds as columns."""

from django.utils.translation import gettext as _

from evaluation.domain.indicating.found import Figure, FoundMeasure
from mentoring.ui.charts import MOST_CATEGORIES, MOST_SERIES, Chart, Series
from templates_app.shapes import Reckoning

_BY_GROUP = frozenset({Reckoning.RISE, Reckoning.STANDING})
_MONTHLY = frozenset({Reckoning.ENGAGED, Reckoning.ACTIVITY, Reckoning.REQUESTS})
_OVER_TIME = _MONTHLY | {Reckoning.MEAN, Reckoning.SHARE, Reckoning.HOW_MANY}


def drawing_of(found: FoundMeasure) -> tuple[Chart | None, str]:
    """The drawing and how it is drawn (``lines``, ``bars``); ``None`` where there are not two numbers to compare."""
    if found.measure.reckon in _OVER_TIME:
        return _over_time(found), "lines"
    if found.measure.reckon in _BY_GROUP:
        return _over_groups(found), "bars"
    return None, ""


def _over_time(found: FoundMeasure) -> Chart | None:
    figures = found.figures[-MOST_CATEGORIES:]
    if sum(one.value is not None for one in figures) < 2:
        return None
    return Chart(
        title=found.measure.title,
        description=_("One number for each time they were asked; there is none where too few stand behind it."),
        categories=[one.label for one in figures],
        series=[Series(found.measure.title, [one.rounded for one in figures])],
        unit="%" if figures[-1].unit == "percent" else "",
        most=100 if figures[-1].unit == "percent" else figures[-1].most,
    )


def _over_groups(found: FoundMeasure) -> Chart | None:
    """Columns for each group; what has risen is told in the table, beside what is drawn."""
    drawn = [one for one in found.figures if one.group and one.unit != "change" and one.value is not None]
    groups = list(dict.fromkeys(one.group for one in drawn))[:MOST_CATEGORIES]
    labels = list(dict.fromkeys(one.label for one in drawn))[:MOST_SERIES]
    if not groups or len(drawn) < 2:
        return None
    return Chart(
        title=found.measure.title,
        description=_("One column for each number of the table below it."),
        categories=groups,
        series=[Series(label, [_value(drawn, group, label) for group in groups]) for label in labels],
        unit="%" if drawn[0].unit == "percent" else "",
        most=100 if drawn[0].unit == "percent" else drawn[0].most,
    )


def _value(drawn: list[Figure], group: str, label: str) -> float | None:
    return next((one.rounded for one in drawn if (one.group, one.label) == (group, label)), None)
