"""Whether a match score foretold how well people fit: what they answer later, by the score (``phase1.measure.matchq``)."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from evaluation.domain.behind import People, are_enough
from evaluation.domain.indicating.found import Figure
from evaluation.domain.indicating.gathering import Gathered
from evaluation.domain.indicating.points import Given, Point, in_steps, number, part_of
from templates_app.shapes import Measure


class Fit(NamedTuple):
    """What one person answered later, with the score by which the pair was made."""

    score: int
    pairing: UUID
    answer: float
    whose: People


def matched(measure: Measure, gathered: Gathered) -> list[Figure]:
    """At each point the mean answer in the half of pairs with the higher score, and in the other. Pairs made without a score
    stand in neither. Both halves hold the smallest number of people, or neither is told.
    """
    return [figure for point in gathered.points(measure) for figure in _at(measure, gathered, point)]


def _at(measure: Measure, gathered: Gathered, point: Point) -> list[Figure]:
    told = [one for one in point.given if _answer(measure, one) is not None]
    scored = [one for one in told if one.pairing in gathered.scores]
    counting = in_steps(scored, point.over_at, gathered.now)
    kept = counting[: part_of(len(counting), len(told) - len(counting))]
    if not told:
        return []
    fits = sorted(
        (Fit(gathered.scores[one.pairing], one.pairing, _answer(measure, one) or 0.0, one.writers) for one in kept),
        key=lambda fit: fit[:3],
    )
    middle = len(fits) // 2
    halves = (
        (_("Higher score, %(score)d on average"), fits[middle:]),
        (_("Lower score, %(score)d on average"), fits[:middle]),
    )
    if not all(are_enough(one.whose for one in half) for _words, half in halves):
        return [Figure("", None, "points", len(scored), hidden=True, group=point.label)]
    shape = next(found for one in kept if (found := one.shape(measure.fields[0])) is not None)
    ends = [float(one.value) for one in shape.points]
    return [replace(_half(words, half), group=point.label, least=min(ends), most=max(ends)) for words, half in halves]


def _half(words: str, fits: Sequence[Fit]) -> Figure:
    label = words % {"score": round(fmean(one.score for one in fits))}
    return Figure(label, fmean(one.answer for one in fits), "points", len(fits))


def _answer(measure: Measure, one: Given) -> float | None:
    """The mean of the questions; ``None`` of who left one blank."""
    values = [number(one.answer(key)) for key in measure.fields]
    known = [value for value in values if value is not None]
    return fmean(known) if known and len(known) == len(values) else None
