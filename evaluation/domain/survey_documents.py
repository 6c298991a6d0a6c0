"""What came back from one survey as a PDF: every round with its figures, for coordinators with words where there are any."""

import hashlib
from typing import Any

from django.template.loader import render_to_string

from evaluation.domain.coding.counting import coded_sheets, fingerprint_of
from evaluation.domain.partners import NOBODY, Kept, kept_for
from evaluation.domain.pictures import rates_chart, response_chart, trend_charts
from evaluation.domain.result_documents import kept_in, may_read_results_document, results_edition
from evaluation.domain.results import written_in
from evaluation.domain.steps import STEP
from evaluation.domain.surveys import Found, Round, asked_by, find_survey, in_round
from mentoring import clock
from mentoring.accounts.models import User
from mentoring.ui import dates
from programmes.models import Cohort
from templates_app.domain.counting import SMALLEST_GROUP
from templates_app.domain.documents import (
    NoLongerWanted,
    register_document_reader,
    register_renderer,
    request_document,
)
from templates_app.domain.kits import kit_of
from templates_app.models import Document
from templates_app.shapes import Survey

KIND = "survey-results"


def request_survey_pdf(*, cohort: Cohort, actor: User, found: Found) -> Document:
    """Ask for a survey's results as they stand; the same ones are made once for each edition and language."""
    edition = results_edition(actor, cohort)
    told = "".join(one.results.fingerprint for one in found.rounds)
    told += fingerprint_of(coded_sheets(cohort, found.survey.worksheet, kept=kept_for(actor, cohort)))
    fingerprint = hashlib.sha256(f"{found.title}:{told}".encode()).hexdigest()[:16]
    return request_document(
        kind=KIND,
        subject=cohort,
        revision=f"{fingerprint}:{clock.now():%Y-%m-%d}:{actor.language}:{_mark(found.survey)}:{edition}",
        title=f"{found.title}: {cohort.programme.title}, {cohort.title}"[:250],
        filename=f"survey-{found.survey.key}-{cohort.slug}.pdf"[:150],
        actor=actor,
    )


def _mark(survey: Survey) -> str:
    """Which survey a document is about, in few letters: keys may be long."""
    return hashlib.sha256(survey.key.encode()).hexdigest()[:12]


def render_survey(document: Document) -> str:
    """The whole HTML of a survey's results."""
    rows = Cohort.objects.select_related("programme__handbook", "organisation")
    cohort = rows.filter(pk=document.subject_id).first()
    if cohort is None:
        raise NoLongerWanted("the cohort is gone")
    mark = document.revision.split(":")[-2]
    survey = next((one for one in kit_of(cohort.programme.handbook).surveys if _mark(one) == mark), None)
    if survey is None:
        raise NoLongerWanted("the survey is gone")
    kept = kept_in(document, cohort)
    found = find_survey(cohort, survey, kept=kept or NOBODY)
    now = clock.now()
    context = {
        "cohort": cohort,
        "found": found,
        "survey": survey,
        "rounds": [_round(cohort, survey, one, kept) for one in reversed(found.rounds)],
        "response": response_chart(found),
        "trends": trend_charts(found),
        "coded": coded_sheets(cohort, survey.worksheet, kept=kept or NOBODY),
        "smallest": SMALLEST_GROUP,
        "step": STEP,
        "moment": dates.moment(now, cohort.zone),
        "organisation": cohort.organisation,
        "document_date": now,
        "document_language": document.language,
    }
    return render_to_string("documents/survey.html", context)


def _round(cohort: Cohort, survey: Survey, one: Round, kept: Kept | None) -> dict[str, Any]:
    """A round for print. Words of few people stay on the page: a PDF is passed on."""
    rows = in_round(asked_by(cohort, survey), survey, one.number)
    written = written_in(cohort, survey, rows, kept=kept) if kept is not None else []
    return {
        "number": one.number,
        "results": one.results,
        "chart": rates_chart(one.results),
        "written": [row for row in written if row.of_enough],
        "left_out": max(written[0].left_out if written else 0, one.results.left_out),
        "withheld": sum(bool(row.texts) and not row.of_enough for row in written),
    }


def register_survey_documents() -> None:
    """Called once at start-up."""
    register_renderer(KIND, render_survey)
    register_document_reader(KIND, may_read_results_document)
