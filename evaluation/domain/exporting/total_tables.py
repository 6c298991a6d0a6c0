"""Anonymous surveys as totals: how many gave which answer, and no line that is about one person."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from evaluation.domain.distributions import Distribution
from evaluation.domain.exporting.tables import Row, Scope, Table
from evaluation.domain.surveys import find_survey
from pairs.models import Output
from programmes.models import Cohort
from templates_app.domain.counting import SMALLEST_GROUP
from templates_app.domain.kits import kit_of, worksheet_of
from templates_app.shapes import Preset, Survey

HEAD = ["cohort", "survey", "round", "asked", "answered", "question", "answer", "people"]


def is_anonymous(scope: Scope, key: str, outputs: Iterable[Output]) -> bool:
    """Whether a worksheet is answered without names: as the handbook says today, or as it said when somebody wrote."""
    if any(survey.anonymous and survey.worksheet == key for survey in kit_of(scope.programme.handbook).surveys):
        return True
    versions = {row.response.version for row in outputs if row.response is not None}
    return any(worksheet_of(version).readers.preset is Preset.ANONYMOUS for version in versions)


def totals_table(scope: Scope, key: str) -> Table:
    """What came back from the surveys on a worksheet, as the results page shows it. Of one pair alone there are no totals."""
    table = Table(key, list(HEAD))
    if scope.is_one_pair:
        return table
    surveys = [one for one in kit_of(scope.programme.handbook).surveys if one.worksheet == key]
    for cohort in scope.cohorts:
        for survey in surveys:
            table.rows.extend(_survey(cohort, survey))
    return table


def _survey(cohort: Cohort, survey: Survey) -> Iterator[Row]:
    found = find_survey(cohort, survey)
    for one in found.rounds:
        total = one.results.total
        if not total.asked:
            continue
        head = [cohort.title, found.title, one.number, total.asked, total.answered]
        if not one.results.distributions:
            yield [*head, "", "", None]
        for shown in one.results.distributions:
            yield from ([*head, *line] for line in _question(shown))


def _question(shown: Distribution) -> Iterator[Row]:
    if shown.hidden:
        told = _("fewer than %(smallest)d answers: not shown") % {"smallest": SMALLEST_GROUP}
        yield [shown.label, told, None]
        return
    for label, count in shown.counts:
        yield [shown.label, label, count]
