"""The evaluation report over a cohort as a PDF (``plp.sys.87``): for coordinators with words and pairs, for others figures."""

import datetime as dt

from django.template.loader import render_to_string

from evaluation.domain.coding.counting import coded_sheets, fingerprint_of
from evaluation.domain.figures import received
from evaluation.domain.pictures import rates_chart
from evaluation.domain.reports import FIGURES, NAMES
from evaluation.domain.results import Results, results_of, written_answers
from evaluation.domain.sight import Sight, sight_of
from evaluation.domain.standing import pairings_of, standings
from evaluation.domain.steps import STEP
from mentoring import clock
from mentoring.accounts.models import User
from mentoring.ui import dates
from programmes.domain.queries import cohorts_for
from programmes.models import Cohort
from templates_app.domain.counting import SMALLEST_GROUP
from templates_app.domain.documents import (
    NoLongerWanted,
    register_document_reader,
    register_renderer,
    request_document,
)
from templates_app.models import Document

KIND = "evaluation-results"


def results_edition(sight: Sight) -> str:
    """Words and pairs for the coordinators, figures for everybody else who reads results."""
    return NAMES if sight.coordinates else FIGURES


def request_results_pdf(*, cohort: Cohort, actor: User, results: Results) -> Document:
    """Ask for the report as things stand; the same results are made once for each edition and language."""
    edition = results_edition(sight_of(actor, cohort.programme))
    return request_document(
        kind=KIND,
        subject=cohort,
        revision=f"{results.fingerprint}{fingerprint_of(coded_sheets(cohort))}:{clock.now():%Y-%m-%d}:{actor.language}:{edition}",
        title=f"{cohort.programme.title}, {cohort.title}",
        filename=f"evaluation-{cohort.programme.slug}-{cohort.slug}.pdf",
        actor=actor,
    )


def render_results(document: Document) -> str:
    """The whole HTML of the evaluation report."""
    rows = Cohort.objects.select_related("programme__handbook", "organisation")
    cohort = rows.filter(pk=document.subject_id).first()
    if cohort is None:
        raise NoLongerWanted("the cohort is gone")
    full = document.revision.endswith(f":{NAMES}")
    now: dt.datetime = clock.now()
    results = results_of(cohort)
    written = written_answers(cohort) if full else []
    context = {
        "cohort": cohort,
        "results": results,
        "chart": rates_chart(results),
        "written": [one for one in written if one.of_enough],
        "withheld": sum(bool(one.texts) and not one.of_enough for one in written),
        "smallest": SMALLEST_GROUP,
        "step": STEP,
        "coded": coded_sheets(cohort),
        "received": received(standings(pairings_of(cohort), now)) if full else [],
        "full": full,
        "moment": dates.moment(now, cohort.zone),
        "organisation": cohort.organisation,
        "document_date": now,
        "document_language": document.language,
    }
    return render_to_string("documents/results.html", context)


def may_read_results_document(user: User, document: Document) -> bool:
    """Coordinators read both editions; those who read figures the one without words and names."""
    cohort = cohorts_for(user).filter(pk=document.subject_id).first()
    if cohort is None:
        return False
    sight = sight_of(user, cohort.programme)
    return sight.coordinates or (sight.figures and document.revision.endswith(f":{FIGURES}"))


def register_result_documents() -> None:
    """Called once at start-up."""
    register_renderer(KIND, render_results)
    register_document_reader(KIND, may_read_results_document)
