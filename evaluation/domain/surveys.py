"""The surveys of a cohort: who was asked by each, round by round, what came back, and how it has moved."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404

from evaluation.domain.distributions import Distribution
from evaluation.domain.evaluating import ASKED
from evaluation.domain.partners import NOBODY, Kept
from evaluation.domain.results import Rate, Results, asked_by_hand, results_from, results_of, with_facts
from pairs.enums import OutputKind
from pairs.models import Output
from programmes.models import Cohort
from templates_app.domain.kits import current_versions, kit_of, worksheet_of
from templates_app.shapes import Survey, Worksheet


@dataclass(frozen=True)
class Listed:
    """A survey in a cohort's list: how many have been asked and have answered, over all its rounds."""

    survey: Survey
    title: str
    rate: Rate
    rounds: int


@dataclass(frozen=True)
class Round:
    """One time round: its number, and what came back."""

    number: int
    results: Results


@dataclass(frozen=True)
class Found:
    """A survey with everything that came back, the oldest round first; one that does not come round again has one."""

    survey: Survey
    title: str
    rounds: list[Round]

    @property
    def newest(self) -> int:
        """The last round in which anybody has answered, or else the last there was."""
        answered = [one.number for one in self.rounds if one.results.total.answered]
        return max(answered or [one.number for one in self.rounds], default=1)

    def round(self, number: int) -> Round:
        """One of its rounds; an empty one where nobody was asked yet."""
        found = next((one for one in self.rounds if one.number == number), None)
        return found or Round(number, results_from([], None))


def surveys_of(cohort: Cohort) -> list[Listed]:
    """The handbook's surveys, in its order. One query for all rates beside the handbook's own."""
    kit, titles = kit_of(cohort.programme.handbook), titles_of(cohort)
    rows = Output.objects.filter(pairing__cohort=cohort, kind=OutputKind.EVALUATION, cancelled_at__isnull=True)
    asked = rows.filter(asked_at__isnull=False).values_list("worksheet", "moment", "done_at")
    counts: Counter[tuple[int, bool]] = Counter()
    rounds: dict[int, set[str]] = {place: set() for place in range(len(kit.surveys))}
    for worksheet, moment, done_at in asked:
        for place, survey in enumerate(kit.surveys):
            if belongs(survey, worksheet, moment):
                counts[place, done_at is not None] += 1
                rounds[place].add(moment)
    return [
        Listed(
            survey,
            titles[survey.key],
            Rate(counts[place, True], counts[place, True] + counts[place, False]),
            len(rounds[place]),
        )
        for place, survey in enumerate(kit.surveys)
    ]


def belongs(survey: Survey, worksheet: str, moment: str) -> bool:
    """Whether an output on that worksheet, with that moment, is what a survey asked for."""
    if not survey.goes_by_itself:
        return moment == ASKED and worksheet in {"", survey.worksheet}
    return worksheet == survey.worksheet and moment.partition(".")[0] == survey.occasion


def titles_of(cohort: Cohort) -> dict[str, str]:
    """What each survey is called, by its key: its own title, or its worksheet's."""
    handbook = cohort.programme.handbook
    sheets = {key: worksheet_of(version).title for key, version in current_versions(handbook).items()}
    return {one.key: one.title or sheets.get(one.worksheet, one.key) for one in kit_of(handbook).surveys}


def get_survey(cohort: Cohort, key: str) -> Survey:
    """The handbook's survey of that key. Raises ``Http404``."""
    for survey in kit_of(cohort.programme.handbook).surveys:
        if survey.key == key:
            return survey
    raise Http404


def asked_by(cohort: Cohort, survey: Survey) -> QuerySet[Output]:
    """Everybody who has been asked by a survey, in whichever round."""
    if not survey.goes_by_itself:
        return asked_by_hand(cohort, survey)
    name = survey.occasion
    return Output.objects.filter(
        Q(moment=name) | Q(moment__startswith=f"{name}."),
        pairing__cohort=cohort,
        kind=OutputKind.EVALUATION,
        worksheet=survey.worksheet,
        cancelled_at__isnull=True,
        asked_at__isnull=False,
    )


def in_round(rows: QuerySet[Output], survey: Survey, number: int) -> QuerySet[Output]:
    """Those of them who were asked in one round."""
    return rows.filter(moment=f"{survey.occasion}.{number}") if survey.every else rows


def find_survey(cohort: Cohort, survey: Survey, *, kept: Kept = NOBODY) -> Found:
    """A survey with what came back in each of its rounds; for somebody who reads its sheets one by one without those of their
    own mentoring partners (``kept``). A fixed number of queries.
    """
    handbook = cohort.programme.handbook
    title = titles_of(cohort)[survey.key]
    if not survey.goes_by_itself and survey.key == _first_by_hand(cohort):
        return Found(survey, title, [Round(1, results_of(cohort, kept=kept))])
    version = current_versions(handbook).get(survey.worksheet)
    sheet = worksheet_of(version) if version else None
    return Found(survey, title, list(_rounds(with_facts(asked_by(cohort, survey)), sheet, kept)))


def _first_by_hand(cohort: Cohort) -> str:
    surveys = kit_of(cohort.programme.handbook).surveys
    return next((survey.key for survey in surveys if not survey.goes_by_itself), "")


def _rounds(rows: Sequence[Output], sheet: Worksheet | None, kept: Kept) -> Iterator[Round]:
    by_number: dict[int, list[Output]] = {}
    for row in rows:
        by_number.setdefault(round_of(row.moment), []).append(row)
    for number, own in sorted(by_number.items()):
        yield Round(number, results_from(own, sheet, kept=kept))


def round_of(moment: str) -> int:
    """Which round of its survey an output belongs to."""
    tail = moment.partition(".")[2]
    return int(tail) if tail.isdecimal() else 1


@dataclass(frozen=True)
class Line:
    """One question over the rounds: the mean of each; ``None`` where too few answered to show it."""

    label: str
    means: list[float | None]
    highest: int | None


def lines_of(found: Found) -> list[Line]:
    """How the answers on scales have moved, for every question with figures in two rounds at least."""
    lines: dict[str, Line] = {}
    for place, one in enumerate(found.rounds):
        for shown in one.results.distributions:
            if shown.mean is not None and not shown.hidden:
                line = lines.setdefault(shown.key, _blank(shown, len(found.rounds)))
                line.means[place] = round(shown.mean, 1)
    return [line for line in lines.values() if sum(mean is not None for mean in line.means) > 1]


def _blank(shown: Distribution, rounds: int) -> Line:
    return Line(shown.label, [None] * rounds, shown.highest)
