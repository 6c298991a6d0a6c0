"""What a scheduled report tells: what the handbook's indicators count of mentees, of mentors, or of all that came of it.

No name and no word of anybody stands in it, and small numbers are hidden in it as on the page of indicators, so all who read
figures read the same (``phase1.arch.9.c``); but for coordinators with a mentoring partner in the cohort, from whom those are
kept that would tell what that partner answered (``without_partners``).
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from evaluation.domain.indicating.found import Figure, FoundIndicator, FoundMeasure
from evaluation.domain.indicating.gathering import Gathered
from evaluation.domain.indicating.indicators import indicators_of, used_in
from evaluation.domain.indicating.lines import SIDES, line_of
from evaluation.domain.indicating.monthly import Month, activity_in, engaged_in
from evaluation.domain.indicating.standing import at_end_of
from evaluation.domain.rhythms import Span
from evaluation.domain.totals import Period, totals_without_few
from pairs.domain.instants import day_begins
from programmes.models import Cohort
from templates_app.shapes import Indicator, Measure, Reckoning, ScheduledReport

EFFECTIVENESS = "effectiveness"
_SIDE = {"mentee-progress": "mentee", "mentor-activity": "mentor"}
_OF_ALL = {"mentee-progress": Reckoning.STANDING, "mentor-activity": Reckoning.ENGAGED}


class Told(NamedTuple):
    """An indicator with those of its figures that a report tells."""

    about: str
    found: FoundIndicator


def scheduled_figures(cohort: Cohort, report: ScheduledReport, span: Span, now: dt.datetime) -> dict[str, Any]:
    """The report's content as plain JSON. A fixed number of queries."""
    period = Period(first=span.first, last=span.last, zone=cohort.zone)
    whole = report.about == EFFECTIVENESS
    told = _effectiveness(cohort) if whole else _over_days(cohort, report.about, span, now)
    totals = totals_without_few(cohort, period) if whole else []
    return {
        "format": 1,
        "as_of": now.isoformat(),
        "title": report.title,
        "about": report.about,
        "first": span.first.isoformat(),
        "last": span.last.isoformat(),
        "parts": [_part(one) for one in told],
        "totals": [{"title": one.title, "value": one.value, "definition": one.definition} for one in totals],
        "numbers": [],
    }


def _effectiveness(cohort: Cohort) -> list[Told]:
    return [Told(str(SIDES[one.indicator.about]), one) for one in indicators_of(cohort)]


def _over_days(cohort: Cohort, about: str, span: Span, now: dt.datetime) -> Iterator[Told]:
    """What is counted month by month of one side, over these days."""
    chosen = [(one, [part for part in one.measures if _tells_of(part, about)]) for one in used_in(cohort)]
    told = [(one, measures) for one, measures in chosen if measures] or [_usual(about)]
    gathered = Gathered(cohort, [one for one, _measures in told], now)
    first, after = span.first, span.last + dt.timedelta(days=1)
    zone = ZoneInfo(cohort.zone)
    days = Month("", *(day_begins(day, cohort.zone).astimezone(zone) for day in (first, after)))
    for one, measures in told:
        found = [FoundMeasure(part, _figures(days, part, gathered)) for part in measures]
        yield Told("", FoundIndicator(one, found))


def _tells_of(measure: Measure, about: str) -> bool:
    is_activity = measure.reckon is Reckoning.ACTIVITY and measure.side == _SIDE[about]
    return is_activity or measure.reckon is _OF_ALL[about]


def _usual(about: str) -> tuple[Indicator, list[Measure]]:
    """What is told where the handbook counts nothing of it: sessions and hours, which coordinators know anyway."""
    titles = {"sessions": _("Sessions held"), "hours": _("Hours in sessions")}
    measures = [
        Measure(key=key, title=title, reckon=Reckoning.ACTIVITY, side=_SIDE[about], counts=key)
        for key, title in titles.items()
    ]
    usual = Indicator(
        key="usual", title=_("Time together"), about="programme", measures=measures, ours=True,
        definition=_("For each of them whose relationship was running in these days, in the mean over all of them."),
    )  # fmt: skip
    return usual, measures


def _figures(days: Month, measure: Measure, gathered: Gathered) -> list[Figure]:
    if measure.reckon is Reckoning.STANDING:
        return at_end_of(days, gathered)
    return [(engaged_in if measure.reckon is Reckoning.ENGAGED else activity_in)(days, measure, gathered)]


def _part(told: Told) -> dict[str, Any]:
    indicator = told.found.indicator
    return {
        "about": told.about,
        "title": indicator.title,
        "definition": indicator.definition,
        "caution": indicator.caution,
        "measures": [
            {"title": one.measure.title, "lines": _lines(one), "tells_of_partners": one.tells_of_partners}
            for one in told.found.measures
        ],
    }


def without_partners(figures: dict[str, Any]) -> dict[str, Any]:
    """A report's content without what would tell a coordinator, who reads the others one by one, of their mentoring partner."""
    parts = [
        part | {"measures": measures}
        for part in figures["parts"]
        if (measures := [one for one in part["measures"] if not one.get("tells_of_partners", True)])
    ]
    return figures | {"parts": parts}


def is_kept_from_partners(figures: dict[str, Any]) -> bool:
    """Whether there is anything of that kind in it."""
    return without_partners(figures) != figures


def _lines(found: FoundMeasure) -> list[dict[str, str]]:
    lines = [line_of(figure) for figure in found.figures]
    return [{"what": line.what, "value": line.value, "behind": line.behind} for line in lines]
