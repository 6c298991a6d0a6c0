"""What is reckoned from the rows of tables and groups, person by person and then over all of them."""

from collections.abc import Iterable, Sequence
from statistics import fmean, quantiles
from typing import Protocol

from django.utils.translation import gettext as _

from evaluation.domain.indicating.found import Figure
from evaluation.domain.indicating.gathering import Gathered
from evaluation.domain.indicating.points import Given, Point, Row, all_fit, enough, in_steps, number, whole_of
from templates_app.shapes import FieldShape, Fits, Measure


def rise(measure: Measure, gathered: Gathered) -> list[Figure]:
    """For each kind of row: the mean before, now and the rise, of people's own means; and how many people have risen."""
    points = gathered.points(measure)
    if not points:
        return []
    point, inside = points[-1], _inside(measure, points[-1].given)
    kinds = next((shape for shape in inside if shape.key == measure.kinds), None)
    found: list[Figure] = []
    for option in kinds.options if kinds else ():
        found += _rise_of(measure, gathered, point, option.key, option.label)
    people = [one for one in point.given if _moves(measure, one)]
    counting = in_steps(people, point.over_at, gathered.now)
    return [*found, _risen(measure, counting)] if found or people else []


def _rise_of(measure: Measure, gathered: Gathered, point: Point, kind: str, label: str) -> list[Figure]:
    rated = [one for one in point.given if _moves(measure, one, kind)]
    counting = in_steps(rated, point.over_at, gathered.now)
    names = (_("Before"), _("Now"))
    shape = next((one for one in _inside(measure, point.given) if one.key == measure.now), None)
    ends = [float(one.value) for one in shape.points] if shape else []
    least, most = (min(ends), max(ends)) if ends else (None, None)
    if not enough(counting):
        return [Figure(names[1], None, "points", len(rated), hidden=bool(rated), group=label, least=least, most=most)]
    moves = [_moves(measure, one, kind) for one in counting]
    before, now = (fmean(fmean(pair[side] for pair in rows) for rows in moves) for side in (0, 1))
    behind = len(counting)
    return [
        Figure(names[0], before, "points", behind, group=label, least=least, most=most),
        Figure(names[1], now, "points", behind, group=label, least=least, most=most),
        Figure(_("Rise"), now - before, "change", behind, group=label, least=least, most=most),
    ]


def _risen(measure: Measure, counting: Sequence[Given]) -> Figure:
    label = _("Share who have risen")
    if not enough(counting):
        return Figure(label, None, "percent", len(counting), hidden=bool(counting))
    up = sum(fmean(now - before for before, now in _moves(measure, one)) > 0 for one in counting)
    return Figure(label, 100 * up / len(counting), "percent", len(counting), count=up)


def _moves(measure: Measure, one: Given, kind: str = "") -> list[tuple[float, float]]:
    """Before and now of the rows (of one kind) in which both are told."""
    found = []
    for row in one.rows(measure.rows or ""):
        before, now = number(row.get(measure.before or "")), number(row.get(measure.now or ""))
        if before is not None and now is not None and (not kind or row.get(measure.kinds or "") == kind):
            found.append((before, now))
    return found


def _inside(measure: Measure, given: Sequence[Given]) -> list[FieldShape]:
    shapes = [shape for one in given if (shape := one.shape(measure.rows)) is not None]
    return [*shapes[-1].columns, *shapes[-1].fields] if shapes else []


# --- How much of what somebody names is reached --------------------------------------------------------------------------


def reached(measure: Measure, gathered: Gathered) -> list[Figure]:
    """What part of each person's rows is reached: the median over people, the quartiles, and rows told apart."""
    points = gathered.points(measure)
    if not points:
        return []
    point = points[-1]
    scored = [one for one in point.given if score_of(_rows_of(measure, gathered, one), measure) is not None]
    counting = in_steps(scored, point.over_at, gathered.now)
    label = _("Median over people")
    if not enough(counting):
        return [Figure(label, None, "percent", len(scored), hidden=bool(scored))]
    rows = [list(_rows_of(measure, gathered, one)) for one in counting]
    scores = [100 * score for own in rows if (score := score_of(own, measure)) is not None]
    lower, middle, upper = quantiles(scores, n=4, method="inclusive")
    told = [(label, middle), (_("A quarter have at most"), lower), (_("A quarter have at least"), upper)]
    figures = [Figure(words, value, "percent", len(counting)) for words, value in told]
    return figures + _apart(measure, [row for own in rows for row in own], len(counting))


def _apart(measure: Measure, rows: Sequence[Row], people: int) -> list[Figure]:
    """Answers that count neither way, such as a goal that became another one."""
    if not measure.weights:
        return []
    apart = sum(bool(answer := row.get(measure.column or "")) and answer not in measure.weights for row in rows)
    return [Figure(_("Told apart, in no share"), float(apart), "number", people)]


def _rows_of(measure: Measure, gathered: Gathered, one: Given) -> Iterable[Row]:
    rows = one.rows(measure.rows or "")
    if not measure.within_days:
        return list(rows)
    begun = gathered.goals_begun
    return [
        row
        for row in rows
        if 0 <= begun.get((one.pairing, str(row.get(measure.goal or ""))), -1) <= measure.within_days
    ]


class Reaching(Protocol):
    """What ``score_of`` needs to know of a measure, or of a part of one."""

    column: str | None
    weights: dict[str, float]
    fits: list[Fits]


def score_of(rows: Iterable[Row], measure: Reaching) -> float | None:
    """What part of these rows is reached, from 0 to 1; ``None`` where none of them says."""
    weights = [_weight(row, measure) for row in rows]
    known = [weight for weight in weights if weight is not None]
    return fmean(known) if known else None


def _weight(row: Row, measure: Reaching) -> float | None:
    holds = all_fit(measure.fits, [row.get(one.field) for one in measure.fits])
    if not measure.weights:
        return None if holds is None else float(holds)
    weight = measure.weights.get(str(row.get(measure.column or "")))
    return None if weight is None else weight if holds else 0.0


def how_many(measure: Measure, gathered: Gathered) -> list[Figure]:
    """The mean number of rows on a sheet. A sheet without any counts as none; of one that was not sent nothing is known."""
    found = []
    for point in gathered.points(measure):
        given = [one for one in point.given if one.shape(measure.rows) is not None]
        whole = whole_of(given)
        if not enough(given):
            found.append(Figure(point.label, None, "number", len(given), whole, hidden=bool(given)))
            continue
        counts = [sum(1 for _row in one.rows(measure.rows or "")) for one in given]
        found.append(Figure(point.label, fmean(counts), "number", len(given), whole))
    return found
