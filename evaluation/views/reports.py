"""Weekly reports: the list, one of them as it was frozen, and its PDF."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from evaluation.domain.pictures import report_charts
from evaluation.domain.purpose import purpose_shown
from evaluation.domain.queries import exportable_programmes_for, get_report_for, reports_for
from evaluation.domain.report_documents import edition_for, figures_for
from evaluation.domain.reports import APART, NAMES, WEEKLY, next_report, request_report_pdf
from evaluation.domain.scheduled_figures import EFFECTIVENESS
from evaluation.domain.shown import as_of, days_of, definitions, figure_items, missing_by_pair, moment_of
from evaluation.models import Report
from evaluation.views.frame import PAGE_LENGTH
from evaluation.views.report_shapes import attention_lines, number_of
from mentoring import clock
from mentoring.tenancy.access import Access, access, may
from programmes.domain.queries import cohorts_for
from programmes.enums import CohortState
from templates_app.domain.counting import SMALLEST_GROUP
from templates_app.domain.kits import without_content


@access(Access.MEMBER)
@require_safe
def reports(request: HttpRequest, organisation: str) -> HttpResponse:
    """All reports somebody reads, the newest first."""
    if not may(request, "evaluation.have_reports"):
        raise Http404
    page = Paginator(reports_for(request.user), PAGE_LENGTH).get_page(request.GET.get("page"))
    now = clock.now()
    open_ones = cohorts_for(request.user).filter(state=CohortState.OPEN).select_related("programme__handbook")
    coming = [
        (at, cohort)
        for cohort in without_content(open_ones, "programme__handbook")
        if (at := next_report(cohort, now)) is not None
    ]
    context = {
        "page": page,
        "lines": [
            (report, number_of(report.figures, "outputs"), number_of(report.figures, "pairs")) for report in page
        ],
        "may_export": exportable_programmes_for(request.user).exists(),
        "coming": min(coming, key=lambda pair: pair[0], default=None),
    }
    return render(request, "evaluation/report/list.html", context)


@access(Access.MEMBER)
@require_safe
def report(request: HttpRequest, organisation: str, report: UUID) -> HttpResponse:
    """One report as it was frozen; without names for those who read figures alone."""
    found = get_report_for(request.user, report)
    cohort = found.cohort
    if found.kind != WEEKLY:
        return _scheduled(request, found)
    edition = edition_for(request.user, found)
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
        "others": reports_for(request.user).filter(cohort=cohort, kind=WEEKLY).exclude(pk=found.pk)[:8],
    }
    return render(request, "evaluation/report/detail.html", context)


def _scheduled(request: HttpRequest, found: Report) -> HttpResponse:
    """A report that tells of a period. It names nobody, and all read the same, but for coordinators with a partner there."""
    cohort, edition = found.cohort, edition_for(request.user, found)
    others = reports_for(request.user).filter(cohort=cohort, kind=found.kind).exclude(pk=found.pk)[:8]
    whole = found.figures["about"] == EFFECTIVENESS
    context = {
        "report": found,
        "cohort": cohort,
        "figures": figures_for(found, edition),
        "without_partners": edition == APART,
        "days": days_of(found.figures),
        "as_of": as_of(found.as_of, cohort.zone),
        "purpose": purpose_shown(cohort.programme, request.user) if whole else [],
        "whole": whole,
        "smallest": SMALLEST_GROUP,
        "others": others,
    }
    return render(request, "evaluation/report/scheduled.html", context)


@access(Access.MEMBER)
@require_POST
def pdf(request: HttpRequest, organisation: str, report: UUID) -> HttpResponse:
    """Ask for the PDF of what the visitor sees, and go to its page."""
    found = get_report_for(request.user, report)
    edition = edition_for(request.user, found)
    document = request_report_pdf(report=found, edition=edition, actor=request.user)
    return redirect("templates_app:document", organisation, document.pk)
