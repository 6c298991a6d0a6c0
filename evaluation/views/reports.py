"""Weekly reports: the list, one of them as it was frozen, and its PDF."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from evaluation.domain.pictures import report_charts
from evaluation.domain.queries import get_report_for, reports_for
from evaluation.domain.report_documents import edition_for, figures_for
from evaluation.domain.reports import NAMES, request_report_pdf
from evaluation.domain.shown import as_of, definitions, figure_items, missing_by_pair, moment_of
from evaluation.domain.sight import sight_of
from evaluation.domain.weeks import next_instant
from evaluation.views.frame import PAGE_LENGTH
from evaluation.views.report_shapes import attention_lines, number_of
from mentoring import clock
from mentoring.tenancy.access import Access, access, may
from programmes.domain.queries import cohorts_for
from programmes.enums import CohortState


@access(Access.MEMBER)
@require_safe
def reports(request: HttpRequest, organisation: str) -> HttpResponse:
    """All reports somebody reads, the newest first."""
    if not may(request, "evaluation.have_reports"):
        raise Http404
    page = Paginator(reports_for(request.user), PAGE_LENGTH).get_page(request.GET.get("page"))
    now = clock.now()
    coming = [
        (at, cohort)
        for cohort in cohorts_for(request.user).filter(state=CohortState.OPEN)
        if (at := next_instant(cohort, now)) is not None
    ]
    context = {
        "page": page,
        "lines": [
            (report, number_of(report.figures, "outputs"), number_of(report.figures, "pairs")) for report in page
        ],
        "coming": min(coming, key=lambda pair: pair[0], default=None),
    }
    return render(request, "evaluation/report/list.html", context)


@access(Access.MEMBER)
@require_safe
def report(request: HttpRequest, organisation: str, report: UUID) -> HttpResponse:
    """One report as it was frozen; without names for those who read figures alone."""
    found = get_report_for(request.user, report)
    cohort = found.cohort
    edition = edition_for(sight_of(request.user, cohort.programme))
    figures = figures_for(found, edition)
    context = {
        "report": found,
        "cohort": cohort,
        "figures": figure_items(figures["numbers"]),
        "definitions": definitions(figures["numbers"]),
        "as_of": as_of(moment_of(figures), cohort.zone),
        "charts": report_charts(figures),
        "names": edition == NAMES,
        "attention": attention_lines(request, figures, cohort.zone),
        "missing": missing_by_pair(figures, cohort.zone),
        "outputs": figures["outputs"],
        "stages": figures["stages"],
        "others": reports_for(request.user).filter(cohort=cohort).exclude(pk=found.pk)[:8],
    }
    return render(request, "evaluation/report/detail.html", context)


@access(Access.MEMBER)
@require_POST
def pdf(request: HttpRequest, organisation: str, report: UUID) -> HttpResponse:
    """Ask for the PDF of what the visitor sees, and go to its page."""
    found = get_report_for(request.user, report)
    edition = edition_for(sight_of(request.user, found.cohort.programme))
    document = request_report_pdf(report=found, edition=edition, actor=request.user)
    return redirect("templates_app:document", organisation, document.pk)
