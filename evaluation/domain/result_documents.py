"""The evaluation report over a cohort as a PDF (``plp.sys.87``): for coordinators with words and pairs, for others figures.

Whoever coordinates and has a mentoring partner in the cohort gets a copy of their own, without what that partner answered, and
not the one of all figures either: with what the others said it would tell that partner's.
"""

import datetime as dt
import hashlib

from django.template.loader import render_to_string

from evaluation.domain.coding.counting import coded_sheets, fingerprint_of
from evaluation.domain.figures import received
from evaluation.domain.partners import NOBODY, Kept, kept_for, kept_from
from evaluation.domain.pictures import rates_chart
from evaluation.domain.reports import FIGURES, NAMES
from evaluation.domain.results import Results, results_of, written_answers
from evaluation.domain.sight import sight_of
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


def results_edition(user: User, cohort: Cohort) -> str:
    """Words and pairs for the coordinators, figures for everybody else who reads results. Who has mentoring partners there has
    an edition of their own, another one whenever these are others.
    """
    if not sight_of(user, cohort.programme).coordinates:
        return FIGURES
    return _edition_without(kept_from(user, cohort), user)


def _edition_without(kept: Kept, user: User) -> str:
    if not kept:
        return NAMES
    told = f"{user.pk}:{','.join(sorted(map(str, kept)))}"
    return f"{NAMES}-{hashlib.sha256(told.encode()).hexdigest()[:12]}"


def kept_in(document: Document, cohort: Cohort) -> Kept | None:
    """Whose words are left out of a document; ``None`` where it has no words and pairs. Raises ``NoLongerWanted`` where it was
    asked for by somebody who would get another one now.
    """
    edition = document.revision.rpartition(":")[2]
    if edition in (NAMES, FIGURES):
        return NOBODY if edition == NAMES else None
    reader = document.requested_by
    if reader is not None and sight_of(reader, cohort.programme).coordinates:
        kept = kept_from(reader, cohort)
        if _edition_without(kept, reader) == edition:
            return kept
    raise NoLongerWanted("whoever asked for it has other mentoring partners now, or coordinates no more")


def request_results_pdf(*, cohort: Cohort, actor: User, results: Results) -> Document:
    """Ask for the report as things stand; the same results are made once for each edition and language."""
    edition = results_edition(actor, cohort)
    told = f"{results.fingerprint}{fingerprint_of(coded_sheets(cohort, kept=kept_for(actor, cohort)))}"
    return request_document(
        kind=KIND,
        subject=cohort,
        revision=f"{told}:{clock.now():%Y-%m-%d}:{actor.language}:{edition}",
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
    kept = kept_in(document, cohort)
    now: dt.datetime = clock.now()
    results = results_of(cohort, kept=kept or NOBODY)
    written = written_answers(cohort, kept=kept) if kept is not None else []
    context = {
        "cohort": cohort,
        "results": results,
        "chart": rates_chart(results),
        "written": [one for one in written if one.of_enough],
        "withheld": sum(bool(one.texts) and not one.of_enough for one in written),
        "smallest": SMALLEST_GROUP,
        "step": STEP,
        "coded": coded_sheets(cohort, kept=kept or NOBODY),
        "received": received(standings(pairings_of(cohort), now)) if kept is not None else [],
        "left_out": max(written[0].left_out if written else 0, results.left_out),
        "full": kept is not None,
        "moment": dates.moment(now, cohort.zone),
        "organisation": cohort.organisation,
        "document_date": now,
        "document_language": document.language,
    }
    return render_to_string("documents/results.html", context)


def may_read_results_document(user: User, document: Document) -> bool:
    """Coordinators read the edition that is theirs; who of them has no mentoring partner there, and all who read figures, the
    one without words and names.
    """
    cohort = cohorts_for(user).filter(pk=document.subject_id).first()
    if cohort is None:
        return False
    edition = document.revision.rpartition(":")[2]
    if edition == FIGURES:
        return sight_of(user, cohort.programme).figures and not kept_for(user, cohort)
    return edition == results_edition(user, cohort)


def register_result_documents() -> None:
    """Called once at start-up."""
    register_renderer(KIND, render_results)
    register_document_reader(KIND, may_read_results_document)
