"""What pairs hand in without names (``sssc.must.53``): counts and words over all of them, and nothing that leads to anybody.

Sheets are gathered by the occasion for which the handbook has them, one for each pair (or person) and occasion, and in
steps: fewer than ``SMALLEST_GROUP`` show nothing but how many there are.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from evaluation.domain.behind import People, Places, are_enough, places_in, writers_of
from evaluation.domain.coding.masking import names_in, without_names
from evaluation.domain.distributions import Distribution, distributions, is_reported
from evaluation.domain.partners import Kept, parted
from evaluation.domain.steps import how_many_count
from mentoring import clock
from pairs.domain.alongside import formal
from pairs.domain.staying import NAMELESS
from pairs.models import Output
from programmes.models import Cohort
from templates_app.answers.rows import rows_in
from templates_app.domain.kits import current_versions, worksheet_of
from templates_app.domain.responses import answers_of
from templates_app.models import Response, ResponseState
from templates_app.shapes import FieldShape, Kind, Worksheet

WRITTEN = frozenset({Kind.TEXT, Kind.LONGTEXT})
AT_WILL = ""
"""Stands for all sheets that were begun for no occasion of the handbook."""
Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Words:
    """What was written in answer to one question, in no order that tells who wrote it."""

    label: str
    texts: list[str]


@dataclass(frozen=True)
class Gathered:
    """One occasion of a worksheet. ``sent`` sheets are there, of which ``counted`` are in the figures."""

    title: str
    sent: int
    counted: int
    distributions: list[Distribution]
    written: list[Words]
    left_out: int = 0
    """How many of the counted are not among the words because a mentoring partner of the reader wrote them."""


def gathered_in(cohort: Cohort, *, words: bool, kept: Kept) -> list[Gathered]:
    """Everything that pairs of a cohort have handed in without names; what was written only where ``words`` are wanted, for
    coordinators, and for each without the words of their own mentoring partners (``kept``). Three queries, one where the
    handbook has no such worksheet; another where words are wanted.
    """
    sheets = {key: worksheet_of(version) for key, version in current_versions(cohort.programme.handbook).items()}
    sheets = {key: sheet for key, sheet in sheets.items() if sheet.to_coordinator == NAMELESS}
    if not sheets:
        return []
    occasions = occasions_of(cohort, sheets, lambda sheet: sheet.to_coordinator == NAMELESS)
    ordered = sorted(occasions, key=lambda one: (sheets[one[0]].order, one))
    told = [row.pairing_id for rows in occasions.values() for row in rows] if words else []
    names = names_in(told) if told else None
    places = places_in(cohort)
    return [_gather(sheets[key], moment, occasions[key, moment], places, names, kept) for key, moment in ordered]


def occasions_of(
    cohort: Cohort, keys: Iterable[str], promised: Callable[[Worksheet], bool]
) -> dict[tuple[str, str], list[Output]]:
    """Sheets of these worksheets that a cohort's pairs have sent, by worksheet and occasion, the oldest first: one for each
    pair or person on the handbook's path. What was written under another promise (``promised`` of its own version) stays where
    it was. One query.
    """
    rows = Output.objects.filter(formal(), pairing__cohort=cohort, worksheet__in=list(keys), done_at__isnull=False)
    rows = rows.filter(response__state=ResponseState.SUBMITTED).select_related("member", "response__version__template")
    occasions: dict[tuple[str, str], dict[tuple[UUID, UUID | None], Output]] = defaultdict(dict)
    for row in rows.order_by("done_at", "pk"):
        if row.response is not None and promised(worksheet_of(row.response.version)):
            occasion = (row.worksheet, AT_WILL if row.is_further else row.moment)
            occasions[occasion].setdefault((row.pairing_id, row.member_id), row)
    return {occasion: list(found.values()) for occasion, found in occasions.items()}


def enough_of(rows: Sequence[Output], places: Places) -> list[Output]:
    """Those of an occasion that are read now: none while they are of fewer people than ``SMALLEST_GROUP``, then in steps."""
    moments, whose = [row.done_at for row in rows if row.done_at], [writers_of(row, places) for row in rows]
    count = how_many_count(moments, over_at=None, now=clock.now(), writers=whose)
    return list(rows[:count]) if are_enough(whose[:count]) else []


def _gather(
    sheet: Worksheet,
    moment: str,
    rows: list[Output],
    places: Places,
    names: Mapping[UUID, Collection[str]] | None,
    kept: Kept,
) -> Gathered:
    known = next((one.title for one in sheet.moments if one.key == moment), "")
    title = f"{sheet.title} · {known or _('at other times')}"
    counted = enough_of(rows, places)
    if not counted:
        return Gathered(title, len(rows), 0, [], [])
    given = {row: _released(row.response) for row in counted if row.response is not None}
    asked = [field for field in sheet.fields() if is_reported(field)]
    told = [(answers, writers_of(row, places)) for row, answers in given.items()]
    figures = [one for field in asked for one in _figures(field, told)]
    if names is None:
        return Gathered(title, len(rows), len(counted), figures, [])
    others, left_out = parted(list(given), kept, places)
    without = [_nameless(given[row], names[row.pairing_id]) for row in others]
    return Gathered(title, len(rows), len(counted), figures, list(_words(asked, without)) if others else [], left_out)


def _nameless(said: Any, names: Collection[str]) -> Any:
    """Answers without the names of those they are about."""
    if isinstance(said, dict):
        return {key: _nameless(part, names) for key, part in said.items()}
    if isinstance(said, list):
        return [_nameless(part, names) for part in said]
    return without_names(said, names) if isinstance(said, str) else said


def _released(response: Response) -> Answers:
    """What its own version let the coordinator learn: a question that opens later opens no words that were kept before."""
    asked = {field.key: field for field in worksheet_of(response.version).fields() if is_reported(field)}
    return {
        key: _parts_released(asked[key], answer) if asked[key].kind is Kind.GROUP else answer
        for key, answer in answers_of(response).items()
        if key in asked
    }


def _parts_released(group: FieldShape, answer: Any) -> list[dict[str, Any]]:
    parts = {part.key for part in group.fields if is_reported(part)}
    return [{key: said for key, said in row.items() if key in parts} for row in rows_in(answer)]


def _figures(field: FieldShape, given: Sequence[tuple[Answers, People]]) -> list[Distribution]:
    """What one question gives; of a group its choices, all rows counted together."""
    if field.kind is not Kind.GROUP:
        return distributions([field], given)
    rows = [(row, whose) for answers, whose in given for row in rows_in(answers.get(field.key))]
    asked = [part for part in field.fields if part.kind is Kind.CHOICE]
    return distributions(asked, rows)


def _words(asked: list[FieldShape], given: Sequence[Answers]) -> Iterator[Words]:
    for field in asked:
        if field.kind in WRITTEN:
            yield Words(field.label, _shuffled(field, given))
        if field.kind is Kind.GROUP:
            rows = [row for answers in given for row in rows_in(answers.get(field.key))]
            parts = [part for part in field.fields if part.kind in WRITTEN and is_reported(part)]
            yield from (Words(part.label, _shuffled(part, rows)) for part in parts)


def _shuffled(field: FieldShape, given: Sequence[Answers]) -> list[str]:
    texts = [text for answers in given if isinstance(text := answers.get(field.key), str) and text.strip()]
    return sorted(texts, key=lambda text: hashlib.sha256(f"{field.key}:{text}".encode()).hexdigest())
