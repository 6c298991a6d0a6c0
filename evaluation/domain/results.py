"""What came back from a cohort's evaluation: response rates, distributions, and the words of those who wrote some."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from evaluation.domain.behind import People, Places, are_enough, places_in, writers_of
from evaluation.domain.distributions import Distribution, distributions, is_reported
from evaluation.domain.evaluating import ASKED, sent_by_hand, survey_of
from evaluation.domain.partners import NOBODY, READ_ONE_BY_ONE, Kept, counted_for, is_kept, parted
from evaluation.domain.steps import how_many_count
from mentoring import clock
from pairs.domain.alongside import formal
from pairs.domain.consents import consents_in, is_given
from pairs.enums import OutputKind
from pairs.models import Output
from programmes.enums import Side
from programmes.models import Cohort
from templates_app.domain.kits import current_versions, kit_of, worksheet_of
from templates_app.domain.responses import answers_of
from templates_app.models import Response, ResponseState
from templates_app.shapes import FieldShape, Kind, Preset, ShowIf, Survey, Use, Worksheet

WRITTEN = frozenset({Kind.TEXT, Kind.LONGTEXT})
OPEN_TO_COORDINATORS = frozenset({Preset.AUTHOR_COORDINATOR})
"""Presets under which coordinators read every answer, without anybody's consent: only then are words listed."""


Reviewed = tuple[Response, People]
"""A sheet with those who wrote it."""


@dataclass(frozen=True)
class Rate:
    """How many answered, of how many who were asked."""

    answered: int
    asked: int

    @property
    def percent(self) -> int | None:
        """Whole percent; ``None`` when nobody was asked."""
        return round(100 * self.answered / self.asked) if self.asked else None


@dataclass(frozen=True)
class Written:
    """What was written in answer to one question, in no order that tells who wrote it."""

    key: str
    label: str
    texts: list[str]
    of_enough: bool
    """Whether so many people wrote them that they may stand in print."""
    quoted: bool = False
    """Only of those who let their words be quoted (``Survey.quotes``)."""
    left_out: int = 0
    """How many sheets, of all on which it was asked, are left out because a mentoring partner of the reader wrote them; of
    those that might be quoted it is not said whether they may.
    """


@dataclass(frozen=True)
class Results:
    """What came back. Written answers are not part of it: they are for coordinators alone (``written_answers``).

    ``counted``: how many people's answers the distributions are made of; the others wait for their step (``steps.py``).
    """

    rates: dict[str, Rate]
    counted: int
    distributions: list[Distribution]
    goals: list[Distribution]
    outside: bool
    left_out: int = 0
    """How many more would count but for their being of a mentoring partner of the reader."""

    @property
    def total(self) -> Rate:
        """Both sides together."""
        return Rate(sum(rate.answered for rate in self.rates.values()), sum(rate.asked for rate in self.rates.values()))

    @property
    def waiting(self) -> int:
        """How many have answered whose answers are not in the figures yet."""
        return self.total.answered - self.counted - self.left_out

    @property
    def fingerprint(self) -> str:
        """Changes whenever there is something new to report."""
        told = repr((self.rates, self.distributions, self.goals))
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def results_of(cohort: Cohort, *, kept: Kept = NOBODY) -> Results:
    """What came back from the evaluation that the coordinator sends, over all pairings of a cohort, ended ones too; for
    somebody who reads its sheets one by one without those of their own mentoring partners (``kept``).

    A fixed number of queries.
    """
    sheets = {key: worksheet_of(version) for key, version in current_versions(cohort.programme.handbook).items()}
    surveys = sent_by_hand(cohort)
    rows = with_facts(asked_by_hand(cohort, surveys[0] if surveys else None))
    sheet = sheets.get(surveys[0].worksheet) if surveys else None
    return results_from(rows, sheet, goals=goal_outcomes(cohort, sheets.values(), kept), kept=kept)


def results_from(
    rows: list[Output], sheet: Worksheet | None, *, goals: list[Distribution] | None = None, kept: Kept = NOBODY
) -> Results:
    """Rates and distributions of what these people were asked on that worksheet. Pure but for the clock."""
    rates = {side: _rate(rows, side) for side in (Side.MENTEE.value, Side.MENTOR.value)}
    every = counted_of(rows)
    counted = counted_for(every, sheet, kept) if sheet else every
    given = [(row.response.facts, writers_of(row, {})) for row in counted if row.response is not None]
    return Results(
        rates={side: rate for side, rate in rates.items() if rate.asked},
        counted=len(counted),
        distributions=distributions(sheet.fields(), given) if sheet else [],
        goals=goals or [],
        outside=bool(rows) and all(not row.worksheet for row in rows),
        left_out=len(every) - len(counted),
    )


def with_facts(rows: QuerySet[Output]) -> list[Output]:
    """These outputs with what can be counted of their answers, and no words. One query."""
    return list(rows.select_related("member", "response").defer("response__texts"))


def asked_by_hand(cohort: Cohort, survey: Survey | None) -> QuerySet[Output]:
    """Who was asked when the coordinator sent the evaluation: inside on that survey's worksheet, or elsewhere."""
    rows = Output.objects.filter(
        pairing__cohort=cohort, kind=OutputKind.EVALUATION, moment=ASKED, cancelled_at__isnull=True
    )
    return rows.filter(worksheet__in=["", survey.worksheet]) if survey else rows


def counted_of(rows: Sequence[Output], places: Places | None = None) -> list[Output]:
    """Those whose answers are in the figures, the oldest first: not each new one at once (``steps.py``). ``places``: who
    writes what is written together.
    """
    done = sorted((row for row in rows if row.done_at), key=lambda row: (row.done_at, row.pk))
    moments, whose = [row.done_at for row in done if row.done_at], [writers_of(row, places or {}) for row in done]
    return done[: how_many_count(moments, over_at=over_at(rows), now=clock.now(), writers=whose)]


def over_at(rows: Sequence[Output]) -> dt.datetime | None:
    """When the time to answer is over for all who were asked, as far as that is known."""
    return max((row.due_at for row in rows if row.due_at), default=None)


def _rate(rows: list[Output], side: str) -> Rate:
    own = [row for row in rows if row.member and row.member.side == side]
    return Rate(sum(row.done_at is not None for row in own), len(own))


def written_answers(cohort: Cohort, *, kept: Kept) -> list[Written]:
    """What was written in the evaluation, question by question, without names. For coordinators alone."""
    survey = survey_of(cohort)
    if survey is None:
        return []
    return written_in(cohort, survey, asked_by_hand(cohort, survey), kept=kept)


def written_in(cohort: Cohort, survey: Survey, rows: QuerySet[Output], *, kept: Kept) -> list[Written]:
    """What was written on a survey, question by question, without names. For coordinators alone, and for each without the
    words of their own mentoring partners (``kept``).

    Only for a survey that coordinators may read anyhow, on sheets that were so when they were written: an anonymous one
    gives no words to anybody, but of those who let themselves be quoted. The order follows the texts' fingerprints, so
    that the first lines under two questions need not be one person's.
    """
    sheet = _sheet(cohort, survey.worksheet)
    if sheet is not None and survey.anonymous and survey.quotes is not None:
        return _quoted(survey.quotes, sheet, rows, kept)
    if survey.anonymous or sheet is None or sheet.readers.preset not in OPEN_TO_COORDINATORS:
        return []
    done = rows.filter(done_at__isnull=False, response__state=ResponseState.SUBMITTED)
    told = [
        row
        for row in done.select_related("member", "response__version__template")
        if row.response is not None and worksheet_of(row.response.version).readers.preset in OPEN_TO_COORDINATORS
    ]
    read = [row for row in told if not is_kept(row, kept)]
    return _in_words(sheet, read, len(told) - len(read))


def _quoted(quotes: ShowIf, sheet: Worksheet, rows: QuerySet[Output], kept: Kept) -> list[Written]:
    """The words of those who said that they may be quoted, once as many have answered as figures need (``gla.must.44``).

    They come in the steps of the figures, so that nobody can tell whose words are new.
    """
    read, left_out = quotable(quotes, rows, kept)
    return _in_words(sheet, read, left_out, quoted=True) if read else []


def quotable(quotes: ShowIf, rows: QuerySet[Output], kept: Kept) -> tuple[list[Output], int]:
    """The sheets whose words may be quoted, among those that are in the figures; none while these are too few. And how many
    were left out before anybody asked whether they may be quoted, which a mentoring partner does not learn. One query.
    """
    others, left_out = parted(_counted_in_words(rows), kept, {})
    return _of_those_quoted(quotes, others), left_out


def _counted_in_words(rows: QuerySet[Output]) -> list[Output]:
    return counted_of(list(rows.select_related("member", "response__version__template")))


def _of_those_quoted(quotes: ShowIf, counted: list[Output]) -> list[Output]:
    enough = are_enough(writers_of(row, {}) for row in counted)
    return [row for row in counted if _lets_quote(quotes, row)] if enough else []


def _lets_quote(quotes: ShowIf, row: Output) -> bool:
    """Whether a sheet that is sent says so, with an answer to the very question."""
    response = row.response
    if response is None or response.state != ResponseState.SUBMITTED:
        return False
    asked = {shape.key for shape in worksheet_of(response.version).fields()}
    wanted = {str(value) for value in quotes.is_in}
    return quotes.field in asked and str(response.facts.get(quotes.field, "")) in wanted


def _in_words(sheet: Worksheet, read: list[Output], left_out: int, *, quoted: bool = False) -> list[Written]:
    """What stands on the sheets that are read, question by question."""
    given = [(answers_of(row.response), writers_of(row, {})) for row in read if row.response is not None]
    asked = [shape for shape in sheet.fields() if shape.kind in WRITTEN and is_reported(shape)]
    return [replace(_written(shape, given), quoted=quoted, left_out=left_out) for shape in asked]


def _sheet(cohort: Cohort, key: str) -> Worksheet | None:
    version = current_versions(cohort.programme.handbook).get(key)
    return worksheet_of(version) if version else None


def _written(shape: FieldShape, given: Sequence[tuple[dict[str, Any], People]]) -> Written:
    told = [
        (said, whose) for answers, whose in given if isinstance(said := answers.get(shape.key), str) and said.strip()
    ]
    texts = sorted(
        (said for said, _whose in told), key=lambda said: hashlib.sha256(f"{shape.key}:{said}".encode()).hexdigest()
    )
    return Written(shape.key, shape.label, texts, are_enough(whose for _said, whose in told))


# --- How the goals stand ---------------------------------------------------------------------------------------------


def goal_outcomes(cohort: Cohort, sheets: Iterable[Worksheet], kept: Kept = NOBODY) -> list[Distribution]:
    """How reviewed goals stand, from each pair's last review that may reach the coordinator (``plp.evalreport``)."""
    reviews = {sheet.key: sheet for sheet in sheets if sheet.use is Use.GOAL_REVIEW and _reaches_coordinators(sheet)}
    if not reviews:
        return []
    rows = (
        Output.objects.filter(
            formal(), pairing__cohort=cohort, worksheet__in=reviews, response__state=ResponseState.SUBMITTED
        )
        .select_related("response", "pairing", "member")
        .defer("response__texts")
    )
    last: dict[tuple[UUID, str], Reviewed] = {}
    places = places_in(cohort)
    for row in rows.order_by("response__submitted_at"):
        if row.response is not None and not is_kept(row, kept):
            last[row.pairing_id, row.worksheet] = row.response, writers_of(row, places)
    consents = consents_in(cohort, kit_of(cohort.programme.handbook).agreement.consent)
    found: list[Distribution] = []
    for key, sheet in reviews.items():
        reaching = [
            reviewed
            for (pairing, of), reviewed in last.items()
            if of == key and is_given(consents[pairing], sheet.readers.consent)
        ]
        found += _in_groups(sheet, _in_steps(reaching))
    return found


def _in_steps(reaching: list[Reviewed]) -> list[Reviewed]:
    """The reviews that are in the figures, the oldest first; there is no moment when all are in."""
    known = sorted((row.submitted_at, row.pk, row, whose) for row, whose in reaching if row.submitted_at)
    writers = [one[3] for one in known]
    count = how_many_count([one[0] for one in known], over_at=None, now=clock.now(), writers=writers)
    return [(row, whose) for _at, _pk, row, whose in known[:count]]


def _reaches_coordinators(sheet: Worksheet) -> bool:
    """Whether coordinators read such sheets at all, be it with consent: what stays between the two is not counted."""
    return sheet.readers.preset in READ_ONE_BY_ONE


def _in_groups(sheet: Worksheet, reviews: list[Reviewed]) -> list[Distribution]:
    """The choices within a sheet's groups, each group's rows counted together; hidden where few people gave them."""
    found: list[Distribution] = []
    for group in (shape for shape in sheet.fields() if shape.kind is Kind.GROUP and is_reported(shape)):
        told = [(row, whose) for one, whose in reviews for row in one.facts.get(group.key) or []]
        told = [(row, whose) for row, whose in told if not row.get("_example")]
        asked = [shape for shape in group.fields if shape.kind is Kind.CHOICE and not shape.options_from]
        if not are_enough(whose for _one, whose in reviews):
            found += [Distribution(shape.key, shape.label, len(reviews), hidden=True) for shape in asked]
        else:
            found += distributions(asked, told)
    return found
