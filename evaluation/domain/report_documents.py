"""Reports as PDFs, from the frozen figures: the weekly one in two editions, with and without names; a scheduled one names nobody,
and has another edition for coordinators who have a mentoring partner there.
"""

from django.template.loader import render_to_string

from evaluation.domain.figures import without_names
from evaluation.domain.partners import kept_for
from evaluation.domain.pictures import report_charts
from evaluation.domain.queries import reports_for
from evaluation.domain.reports import APART, FIGURES, NAMES, PDF, WEEKLY
from evaluation.domain.scheduled_figures import is_kept_from_partners, without_partners
from evaluation.domain.shown import days_of, figure_items, missing_by_pair, moment_of
from evaluation.domain.sight import sight_of
from evaluation.models import Report
from mentoring.accounts.models import User
from mentoring.ui import dates
from templates_app.domain.documents import NoLongerWanted, register_document_reader, register_renderer
from templates_app.models import Document


def edition_for(user: User, report: Report) -> str:
    """The edition that somebody reads."""
    if report.kind == WEEKLY:
        return NAMES if sight_of(user, report.cohort.programme).names_all else FIGURES
    return APART if is_kept_from_partners(report.figures) and kept_for(user, report.cohort) else FIGURES


def figures_for(report: Report, edition: str) -> dict:
    """The stored figures, without names where the edition has none, and without those that are kept from partners."""
    if report.kind != WEEKLY:
        return without_partners(report.figures) if edition == APART else report.figures
    return report.figures if edition == NAMES else without_names(report.figures)


def render_report(document: Document) -> str:
    """The whole HTML of a report's PDF. Days and times stand as they are in the cohort's zone."""
    report = Report.objects.select_related("cohort__programme", "organisation").filter(pk=document.subject_id).first()
    if report is None:
        raise NoLongerWanted("the report is gone")
    if report.kind != WEEKLY:
        return _render_scheduled(report, document)
    edition = _edition(document)
    figures = figures_for(report, edition)
    context = {
        "report": report,
        "cohort": report.cohort,
        "figures": figures,
        "numbers": figure_items(figures["numbers"]),
        "missing": missing_by_pair(figures, report.cohort.zone),
        "moment": dates.moment(moment_of(figures), report.cohort.zone),
        "charts": report_charts(figures),
        "names": edition == NAMES,
        "organisation": report.organisation,
        "document_date": moment_of(figures),
        "document_language": document.language,
    }
    return render_to_string("documents/report.html", context)


def _render_scheduled(report: Report, document: Document) -> str:
    """A scheduled report names nobody."""
    edition = _edition(document)
    figures = figures_for(report, edition)
    context = {
        "report": report,
        "cohort": report.cohort,
        "figures": figures,
        "without_partners": edition == APART,
        "days": days_of(figures),
        "moment": dates.moment(report.as_of, report.cohort.zone),
        "organisation": report.organisation,
        "document_date": report.as_of,
        "document_language": document.language,
    }
    return render_to_string("documents/scheduled_report.html", context)


def may_read_report_document(user: User, document: Document) -> bool:
    """Whoever reads the report reads the edition of what they see."""
    report = reports_for(user).filter(pk=document.subject_id).first()
    if report is None:
        return False
    asked, own = _edition(document), edition_for(user, report)
    return asked == own or (asked == FIGURES and own == NAMES)


def _edition(document: Document) -> str:
    return document.revision.rpartition(":")[2]


def register_report_documents() -> None:
    """Called once at start-up."""
    register_renderer(PDF, render_report)
    register_document_reader(PDF, may_read_report_document)
