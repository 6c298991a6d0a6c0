"""What came back from the evaluation: figures for all who read reports, words for coordinators alone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from evaluation.domain.coding.counting import coded_sheets
from evaluation.domain.evaluating import has_surveys
from evaluation.domain.indicating.indicators import has_indicators
from evaluation.domain.nameless import gathered_in
from evaluation.domain.partners import kept_for
from evaluation.domain.pictures import rates_chart
from evaluation.domain.purpose import purpose_shown
from evaluation.domain.result_documents import request_results_pdf
from evaluation.domain.results import results_of, written_answers
from evaluation.domain.shown import as_of
from evaluation.domain.steps import STEP
from evaluation.views.frame import cohort_for
from mentoring import clock
from mentoring.tenancy.access import Access, access, may
from programmes.views.frame import cohort_frame
from templates_app.domain.counting import SMALLEST_GROUP


@access(Access.MEMBER)
@require_safe
def results(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """Response rates, distributions with small groups hidden, and for coordinators what was written."""
    found = cohort_for(request, programme, cohort, "evaluation.view_reports")
    reads = may(request, "evaluation.read_answers", found)
    kept = kept_for(request.user, found)
    came = results_of(found, kept=kept)
    context = cohort_frame(request, found) | {
        "results": came,
        "several": has_surveys(found),
        "judged": has_indicators(found),
        "chart": rates_chart(came),
        "purpose": purpose_shown(found.programme, request.user),
        "written": written_answers(found, kept=kept) if reads else [],
        "gathered": gathered_in(found, words=reads, kept=kept),
        "reads": reads,
        "coded": coded_sheets(found, kept=kept),
        "smallest": SMALLEST_GROUP,
        "step": STEP,
        "as_of": as_of(clock.now(), found.zone),
        "sees_sendings": may(request, "evaluation.view_sendings", found),
    }
    return render(request, "evaluation/evaluation/results.html", context)


@access(Access.MEMBER)
@require_POST
def pdf(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """Ask for the evaluation report as a PDF, and go to its page."""
    found = cohort_for(request, programme, cohort, "evaluation.view_reports")
    document = request_results_pdf(
        cohort=found, actor=request.user, results=results_of(found, kept=kept_for(request.user, found))
    )
    return redirect("templates_app:document", organisation, document.pk)
