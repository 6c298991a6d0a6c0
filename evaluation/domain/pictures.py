"""The charts of reports and results, drawn from their numbers alone: the same on the page and in the PDF."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from evaluation.domain.results import Results
from evaluation.domain.surveys import Found, lines_of
from mentoring.ui.charts import MOST_CATEGORIES, Chart, Series
from programmes.enums import Side


def report_charts(figures: dict[str, Any]) -> list[Chart]:
    """Outputs by stage, and sessions held: those of the two for which there is anything to draw."""
    charts = [stages_chart(figures["stages"]), sessions_chart(figures["sessions"])]
    return [chart for chart in charts if chart is not None]


def stages_chart(stages: Sequence[dict[str, Any]]) -> Chart | None:
    """Required outputs by stage: in, open, late. ``None`` when nothing has been asked for yet."""
    if not any(line[key] for line in stages for key in ("done", "due", "late")):
        return None
    described = _("%(done)d of the outputs are in, %(due)d are open, %(late)d are late.")
    return Chart(
        title=_("Required outputs by stage"),
        description=described % {key: sum(line[key] for line in stages) for key in ("done", "due", "late")},
        categories=[_("Stage %(number)s") % {"number": line["number"]} for line in stages],
        series=[
            Series(_("in"), [line["done"] for line in stages]),
            Series(_("open"), [line["due"] for line in stages]),
            Series(_("late"), [line["late"] for line in stages]),
        ],
    )


def sessions_chart(sessions: Sequence[dict[str, Any]]) -> Chart | None:
    """Of the running pairs, how many have held each session. ``None`` without running pairs."""
    if not sessions:
        return None
    pairs = max(line["pairs"] for line in sessions)
    described = _("Of %(pairs)d running pairs, %(first)d have held the first session and %(last)d the last.")
    return Chart(
        title=_("Running pairs that have held each session"),
        description=described % {"pairs": pairs, "first": sessions[0]["held"], "last": sessions[-1]["held"]},
        categories=[str(line["number"]) for line in sessions],
        series=[Series(_("pairs"), [line["held"] for line in sessions])],
        most=max(pairs, 1),
    )


def rates_chart(results: Results) -> Chart | None:
    """How many of each side answered. ``None`` when nobody was asked."""
    if not results.rates:
        return None
    return Chart(
        title=_("Who answered"),
        description=_("%(answered)d of %(asked)d people who were asked have answered.")
        % {"answered": results.total.answered, "asked": results.total.asked},
        categories=[str(Side(side).label).capitalize() for side in results.rates],
        series=[
            Series(_("asked"), [rate.asked for rate in results.rates.values()]),
            Series(_("answered"), [rate.answered for rate in results.rates.values()]),
        ],
    )


def response_chart(found: Found) -> Chart | None:
    """The response rate of each round, in percent. ``None`` before the second."""
    rounds = [one for one in found.rounds if one.results.total.asked][-MOST_CATEGORIES:]
    if len(rounds) < 2:
        return None
    rates = [one.results.total.percent for one in rounds]
    return Chart(
        title=_("How many answered, round by round"),
        description=_("In the first of these rounds %(first)d per cent answered, in the newest %(last)d per cent.")
        % {"first": rates[0] or 0, "last": rates[-1] or 0},
        categories=[str(one.number) for one in rounds],
        series=[Series(_("answered"), rates)],
        unit="%",
        most=100,
    )


def trend_charts(found: Found) -> list[Chart]:
    """How the answers on scales have moved, a drawing for each question: questions are too long to be told apart in one."""
    numbers = [str(one.number) for one in found.rounds][-MOST_CATEGORIES:]
    return [
        Chart(
            title=line.label,
            description=_("The mean of the answers in each round; there is none where too few answered."),
            categories=numbers,
            series=[Series(_("mean"), line.means[-MOST_CATEGORIES:])],
            most=line.highest,
        )
        for line in lines_of(found)
    ]
