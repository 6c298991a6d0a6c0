"""The weekly report: frozen figures on Monday morning by the cohort's clock, as page, mail and PDF."""

import datetime as dt
import logging
from dataclasses import asdict

from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.utils import translation

from evaluation.domain.figures import figures_of
from evaluation.domain.shown import figure_items
from evaluation.domain.standing import pairings_of, standings
from evaluation.domain.weeks import due_monday, next_instant, period_of
from evaluation.models import Report
from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.notices.domain.outbox import notify
from mentoring.tenancy.scope import current_organisation
from mentoring.ui import dates
from mentoring.work.domain import wake
from mentoring.work.models import State
from pairs.domain.telling import page_of
from programmes.domain.coordinators import coordinators_of
from programmes.enums import CohortState
from programmes.models import Cohort
from templates_app.domain.documents import request_document
from templates_app.models import Document

log = logging.getLogger(__name__)

WORK = "reports"
WEEKLY = "weekly"
PDF = "report"
NAMES, FIGURES = "names", "figures"
"""The two editions of a report's PDF: with the pairs by name, and with figures alone."""
LINES_IN_MAIL = 5
PUT_OFF = dt.timedelta(hours=1)


def report_due(now: dt.datetime) -> dt.datetime | None:
    """Worker: make the reports that are due in the open organisation; returns when the next one is.

    A cohort whose report cannot be made does not hold up the others; it is tried again later.
    """
    upcoming: list[dt.datetime | None] = []
    for cohort in Cohort.objects.filter(state=CohortState.OPEN).select_related("programme__handbook"):
        try:
            with transaction.atomic():
                upcoming.append(_report_on(cohort, now))
        except SoftTimeLimitExceeded:
            raise
        except Exception:
            log.exception("The weekly report of cohort %s could not be made", cohort.pk)
            upcoming.append(now + PUT_OFF)
    return min((instant for instant in upcoming if instant is not None), default=None)


def _report_on(cohort: Cohort, now: dt.datetime) -> dt.datetime | None:
    """Make a cohort's report if it is due; returns when the next one is."""
    monday = due_monday(cohort, now)
    if monday and not Report.objects.filter(cohort=cohort, kind=WEEKLY, period=period_of(monday)).exists():
        make_report(cohort=cohort, period=period_of(monday), now=now)
    return next_instant(cohort, now)


def wake_reports(cohort: Cohort) -> None:
    """Say that a cohort wants reports: when it was opened, or its dates, zone or state have changed."""
    following = next_instant(cohort, clock.now())
    if following is not None:
        wake(WORK, at=following)


@transaction.atomic
def make_report(*, cohort: Cohort, period: str, now: dt.datetime) -> Report:
    """Freeze a cohort's figures as of ``now``, ask for the PDF, and tell the coordinators. Once a week and cohort.

    The words of the figures are the organisation's language: they are frozen with the numbers.
    """
    with translation.override(current_organisation().language):
        figures = figures_of(cohort, standings(pairings_of(cohort), now), now)
    report, created = Report.objects.get_or_create(
        cohort=cohort,
        kind=WEEKLY,
        period=period,
        defaults={"as_of": now, "state": State.DONE, "done_at": now, "figures": figures},
    )
    if created:
        record_event("report.made", report, actor=None, within=cohort, at=now, period=period)
        request_report_pdf(report=report, edition=NAMES, actor=None)
        _tell_coordinators(report)
    return report


def _tell_coordinators(report: Report) -> None:
    cohort = report.cohort
    context = {
        "action_url": page_of("evaluation:report", report.pk),
        "cohort": cohort.title,
        "programme": cohort.programme.title,
        "moment": dates.moment(report.as_of, cohort.zone),
        "numbers": [asdict(figure) for figure in figure_items(report.figures["numbers"])],
        "needing": len(report.figures["attention"]),
        "attention": [
            {key: line[key] for key in ("pair", "reason", "words")}
            for line in report.figures["attention"][:LINES_IN_MAIL]
        ],
        "more": max(len(report.figures["attention"]) - LINES_IN_MAIL, 0),
        "late": len(report.figures["missing"]),
    }
    for coordinator in coordinators_of(cohort.programme):
        notify("evaluation.weekly_report", coordinator, about=report, occasion=str(report.pk), context=context)


@transaction.atomic
def request_report_pdf(*, report: Report, edition: str, actor: User | None) -> Document:
    """The report as a PDF, made once for each edition (``NAMES`` or ``FIGURES``)."""
    cohort = report.cohort
    return request_document(
        kind=PDF,
        subject=report,
        revision=f"{report.as_of.isoformat()}:{edition}",
        title=f"{cohort.programme.title}, {cohort.title}: {report.period}",
        filename=f"{cohort.programme.slug}-{cohort.slug}-{report.period}.pdf",
        actor=actor,
        language=current_organisation().language,
    )
