"""How often each theme comes up, beside what can be counted of the same sheets. Nothing here knows a name.

Counted are texts, question by question, of those that somebody has read; fewer than ``SMALLEST_GROUP`` are not broken down.
"""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from evaluation.domain.behind import Places, are_enough, places_in, writers_of
from evaluation.domain.coding.marking import NONE, marks_in, themes_of
from evaluation.domain.coding.texts import Question, questions_of, responses_to, sheets_read
from evaluation.domain.distributions import Distribution, distributions
from evaluation.domain.partners import NOBODY, Kept
from evaluation.models import Theme
from pairs.models import Output
from programmes.models import Cohort
from templates_app.domain.counting import may_be_counted
from templates_app.domain.kits import worksheet_of
from templates_app.models import Response
from templates_app.shapes import Preset, Worksheet


@dataclass(frozen=True)
class Coded:
    """A question with its themes: so many ``texts`` may be read, and of those that were the ``shown`` counts are made."""

    question: Question
    texts: int
    shown: Distribution

    @property
    def read(self) -> int:
        """How many of the texts somebody has read."""
        return self.shown.answered


@dataclass(frozen=True)
class CodedSheet:
    """A worksheet's themes, and the numbers of the same sheets. A survey's own numbers stand in its results."""

    sheet: Worksheet
    numbers: list[Distribution]
    coded: list[Coded]
    left_out: int = 0
    """How many sheets the themes leave out because a mentoring partner of the reader wrote them."""


def coded_sheets(cohort: Cohort, worksheet: str = "", *, kept: Kept = NOBODY) -> list[CodedSheet]:
    """The themes of a cohort by worksheet, of all or of one; for somebody who sees what each text is marked with, without those
    of their own mentoring partners (``kept``). A fixed number of queries for each survey that is read.
    """
    questions = [one for one in questions_of(cohort.programme) if worksheet in ("", one.sheet.key)]
    if not questions:
        return []
    places = places_in(cohort)
    read = sheets_read(cohort, questions, places, kept=kept)
    themes, marks = themes_of(cohort.programme, questions), marks_in(cohort)
    by_sheet: dict[str, list[Question]] = defaultdict(list)
    for one in questions:
        by_sheet[one.sheet.key].append(one)
    return [
        CodedSheet(
            own[0].sheet,
            _numbers(own[0].sheet, read[key].every, places),
            [_coded(one, read[key].read, places, themes[one.key], marks.get(one.field.key, {})) for one in own],
            read[key].left_out,
        )
        for key, own in by_sheet.items()
    ]


def _coded(
    question: Question,
    rows: Sequence[Output],
    places: Places,
    themes: Sequence[Theme],
    marks: Mapping[UUID, frozenset[str]],
) -> Coded:
    texts = responses_to(question, rows)
    whose = {row.response_id: writers_of(row, places) for row in rows}
    found = [own for response in texts if (own := marks.get(response.pk))]
    label, key = question.field.label, question.field.key
    if not are_enough(whose[response.pk] for response in texts if marks.get(response.pk)):
        return Coded(question, len(texts), Distribution(key, label, len(found), hidden=True))
    counts = [(theme.name, sum(str(theme.pk) in own for own in found)) for theme in themes]
    counts.append((_("None of these"), sum(own == {NONE} for own in found)))
    return Coded(question, len(texts), Distribution(key, label, len(found), counts=tuple(counts)))


def _numbers(sheet: Worksheet, rows: Sequence[Output], places: Places) -> list[Distribution]:
    if sheet.readers.preset is Preset.ANONYMOUS:
        return []
    given = [(_countable(row.response), writers_of(row, places)) for row in rows if row.response is not None]
    asked = [field for field in sheet.fields() if may_be_counted(sheet, field)]
    return distributions(asked, given)


def _countable(response: Response) -> dict[str, Any]:
    """What its own version said may be counted."""
    own = worksheet_of(response.version)
    kept = {field.key for field in own.fields() if may_be_counted(own, field)}
    return {key: answer for key, answer in response.facts.items() if key in kept}


def fingerprint_of(sheets: Sequence[CodedSheet]) -> str:
    """Changes whenever there is something new to report of themes."""
    told = repr([(one.numbers, [coded.shown for coded in one.coded]) for one in sheets])
    return hashlib.sha256(told.encode()).hexdigest()[:16]
