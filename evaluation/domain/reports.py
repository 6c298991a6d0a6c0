"""Reports: frozen figures by the cohort's clock, as page, mail and PDF. The weekly one on who needs somebody, and those that the
handbook schedules for when a week, a month or a quarter is over.
"""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.utils import translation

from evaluation.domain.figures import figures_of
from evaluation.domain.partners import kept_for
from evaluation.domain.rhythms import Span, due_span, next_due
from evaluation.domain.scheduled_figures import EFFECTIVENESS, scheduled_figures, without_partners
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
from programmes.models import Cohort, Programme
from templates_app.domain.documents import request_document
from templates_app.domain.kits import kit_of
from templates_app.models import Document
from templates_app.shapes import ScheduledReport

log = logging.getLogger(__name__)

WORK = "reports"
WEEKLY = "weekly"
PDF = "report"
NAMES, FIGURES, APART = "names", "figures", "apart"
"""The editions of a report's PDF: with the pairs by name, with figures alone, and of these without what is kept from partners."""
LINES_IN_MAIL = 5
LINES_OF_FIGURES = 20
PUT_OFF = dt.timedelta(hours=1)
Maker = Callable[[Cohort, dt.datetime], dt.datetime | None]
"""Makes a report of a cohort if it is due by now; returns when the next one is."""


def report_due(now: dt.datetime) -> dt.datetime | None:
    """Worker: make the reports that are due in the open organisation; returns when the next one is.

    A report that cannot be made does not hold up the others; it is tried again later.
    """
    upcoming: list[dt.datetime | None] = []
    for cohort in Cohort.objects.filter(state=CohortState.OPEN).select_related("programme__handbook"):
        makers: list[Maker] = [_weekly_on, *(partial(_scheduled_on, one) for one in scheduled_in(cohort))]
        for make in makers:
            try:
                with transaction.atomic():
                    upcoming.append(make(cohort, now))
            except SoftTimeLimitExceeded:
                raise
            except Exception:
                log.exception("A report of cohort %s could not be made", cohort.pk)
                upcoming.append(now + PUT_OFF)
    return min((instant for instant in upcoming if instant is not None), default=None)


def _weekly_on(cohort: Cohort, now: dt.datetime) -> dt.datetime | None:
    """Make a cohort's weekly report if it is due; returns when the next one is."""
    monday = due_monday(cohort, now)
    if monday and not Report.objects.filter(cohort=cohort, kind=WEEKLY, period=period_of(monday)).exists():
        make_report(cohort=cohort, period=period_of(monday), now=now)
    return next_instant(cohort, now)


def _scheduled_on(scheduled: ScheduledReport, cohort: Cohort, now: dt.datetime) -> dt.datetime | None:
    """The same of a scheduled one."""
    span = due_span(cohort, scheduled.rhythm, now)
    if span and not Report.objects.filter(cohort=cohort, kind=scheduled.about, period=span.name).exists():
        make_scheduled_report(cohort=cohort, scheduled=scheduled, span=span, now=now)
    return next_due(cohort, scheduled.rhythm, now)


def scheduled_in(cohort: Cohort) -> list[ScheduledReport]:
    """The reports that the cohort's programme has made."""
    return [one for one in kit_of(cohort.programme.handbook).reports if one.used]


def next_report(cohort: Cohort, now: dt.datetime) -> dt.datetime | None:
    """When the cohort's next report of any kind comes after ``now``; ``None`` when the last one has been due."""
    instants = [next_instant(cohort, now), *(next_due(cohort, one.rhythm, now) for one in scheduled_in(cohort))]
    return min((at for at in instants if at is not None), default=None)


def wake_reports(cohort: Cohort) -> None:
    """Say that a cohort wants reports: when it was opened, or its dates, zone or state have changed."""
    following = next_report(cohort, clock.now())
    if following is not None:
        wake(WORK, at=following)


def look_at_reports(programme: Programme) -> None:
    """Say that a programme's reports may be other ones now: its handbook has changed."""
    if Cohort.objects.filter(programme=programme, state=CohortState.OPEN).exists():
        wake(WORK, at=clock.now())


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


@transaction.atomic
def make_scheduled_report(*, cohort: Cohort, scheduled: ScheduledReport, span: Span, now: dt.datetime) -> Report:
    """Freeze what a scheduled report tells of a span, ask for the PDF, and tell the coordinators. Once for each span."""
    with translation.override(current_organisation().language):
        figures = scheduled_figures(cohort, scheduled, span, now)
    report, created = Report.objects.get_or_create(
        cohort=cohort,
        kind=scheduled.about,
        period=span.name,
        defaults={"as_of": now, "state": State.DONE, "done_at": now, "figures": figures},
    )
    if created:
        facts = {"kind": scheduled.title, "period": span.name}
        record_event("report.scheduled", report, actor=None, within=cohort, at=now, **facts)
        request_report_pdf(report=report, edition=FIGURES, actor=None)
        _tell_scheduled(report, span)
    return report


def _tell_scheduled(report: Report, span: Span) -> None:
    for coordinator in coordinators_of(report.cohort.programme):
        figures = without_partners(report.figures) if kept_for(coordinator, report.cohort) else report.figures
        context = _scheduled_letter(report, figures, span)
        notify("evaluation.scheduled_report", coordinator, about=report, occasion=str(report.pk), context=context)


def _scheduled_letter(report: Report, figures: dict[str, Any], span: Span) -> dict[str, Any]:
    cohort, measures = report.cohort, [one for part in figures["parts"] for one in part["measures"]]
    newest = report.kind == EFFECTIVENESS  # figures of every time that people were asked would fill a letter
    lines = [
        {"title": one["title"], **line} for one in measures for line in (one["lines"][-1:] if newest else one["lines"])
    ]
    return {
        "action_url": page_of("evaluation:report", report.pk),
        "cohort": cohort.title,
        "programme": cohort.programme.title,
        "title": report.figures["title"],
        "days": dates.span(span.first, span.last),
        "lines": lines[:LINES_OF_FIGURES],
        "more": len(lines) > LINES_OF_FIGURES,
    }


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
    """The report as a PDF, made once for each edition; a scheduled one names nobody (``FIGURES`` or ``APART``)."""
    cohort, weekly = report.cohort, report.kind == WEEKLY
    apart = "" if weekly else f"-{report.kind}"
    return request_document(
        kind=PDF,
        subject=report,
        revision=f"{report.as_of.isoformat()}:{edition}",
        title=f"{cohort.programme.title}, {cohort.title}: {report.period}",
        filename=f"{cohort.programme.slug}-{cohort.slug}-{report.period}{apart}.pdf",
        actor=actor,
        language=current_organisation().language,
    )
