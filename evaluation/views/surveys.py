"""The surveys of a cohort: a list of them, what came back from each, and that as a PDF."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from evaluation.domain.coding.counting import coded_sheets
from evaluation.domain.coding.texts import questions_of
from evaluation.domain.indicating.indicators import has_indicators
from evaluation.domain.partners import Kept, kept_for
from evaluation.domain.pictures import rates_chart, response_chart, trend_charts
from evaluation.domain.results import Written, written_in
from evaluation.domain.shown import as_of
from evaluation.domain.steps import STEP
from evaluation.domain.survey_documents import request_survey_pdf
from evaluation.domain.surveys import Found, asked_by, find_survey, get_survey, in_round, surveys_of
from evaluation.views.frame import cohort_for
from mentoring import clock
from mentoring.tenancy.access import Access, access, may
from mentoring.ui.shapes import Choice
from programmes.models import Cohort
from programmes.views.frame import cohort_frame
from templates_app.domain.counting import SMALLEST_GROUP
from templates_app.shapes import Survey


@access(Access.MEMBER)
@require_safe
def surveys(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """Every survey of the handbook, with how many were asked and have answered."""
    found = cohort_for(request, programme, cohort, "evaluation.view_reports")
    context = cohort_frame(request, found) | {
        "surveys": surveys_of(found),
        "judged": has_indicators(found),
        "themed": bool(questions_of(found.programme)),
        "sees_sendings": may(request, "evaluation.view_sendings", found),
        "as_of": as_of(clock.now(), found.zone),
    }
    return render(request, "evaluation/survey/list.html", context)


@access(Access.MEMBER)
@require_safe
def survey(request: HttpRequest, organisation: str, programme: str, cohort: str, survey: str) -> HttpResponse:
    """What came back: rates, distributions of one round with small groups hidden, and how the answers have moved.

    Words are for coordinators, and of a survey that is not anonymous.
    """
    found = cohort_for(request, programme, cohort, "evaluation.view_reports")
    shape = get_survey(found, survey)
    kept = kept_for(request.user, found)
    came = find_survey(found, shape, kept=kept)
    number = _number(request, came)
    one = came.round(number)
    reads = may(request, "evaluation.read_answers", found)
    context = cohort_frame(request, found) | {
        "survey": shape,
        "found": came,
        "number": number,
        "rounds": _choices(came, number),
        "results": one.results,
        "chart": rates_chart(one.results),
        "response": response_chart(came),
        "trends": trend_charts(came),
        "written": _written(found, shape, number, kept) if reads else [],
        "coded": coded_sheets(found, shape.worksheet, kept=kept),
        "reads": reads,
        "smallest": SMALLEST_GROUP,
        "step": STEP,
        "as_of": as_of(clock.now(), found.zone),
    }
    return render(request, "evaluation/survey/detail.html", context)


def _written(cohort: Cohort, shape: Survey, number: int, kept: Kept) -> list[Written]:
    """What was written in one round, without the words of the visitor's own mentoring partners."""
    rows = in_round(asked_by(cohort, shape), shape, number)
    return written_in(cohort, shape, rows, kept=kept)


def _choices(came: Found, number: int) -> list[Choice]:
    """A way to each round, where there are several."""
    if len(came.rounds) < 2:
        return []
    words = _("Round %(number)d")
    return [
        Choice(words % {"number": one.number}, f"?round={one.number}", current=one.number == number)
        for one in came.rounds
    ]


def _number(request: HttpRequest, came: Found) -> int:
    """Which round is looked at: the newest one with answers unless another is named. Raises ``Http404``."""
    named = request.GET.get("round", "")
    if not named:
        return came.newest
    if not named.isdecimal() or int(named) not in {one.number for one in came.rounds}:
        raise Http404
    return int(named)


@access(Access.MEMBER)
@require_POST
def pdf(request: HttpRequest, organisation: str, programme: str, cohort: str, survey: str) -> HttpResponse:
    """Ask for a survey's results as a PDF, and go to its page."""
    found = cohort_for(request, programme, cohort, "evaluation.view_reports")
    came = find_survey(found, get_survey(found, survey), kept=kept_for(request.user, found))
    document = request_survey_pdf(cohort=found, actor=request.user, found=came)
    return redirect("templates_app:document", organisation, document.pk)
