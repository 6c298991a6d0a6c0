"""The closed set of reckonings: each turns what was gathered into figures, with small numbers hidden."""

from collections.abc import Callable, Sequence
from statistics import fmean

from django.utils.translation import gettext as _

from evaluation.domain.indicating import agreed, asking, matched, monthly, rows, standing, themed, whole
from evaluation.domain.indicating.found import Figure, FoundMeasure
from evaluation.domain.indicating.gathering import Gathered
from evaluation.domain.indicating.points import Given, Point, all_fit, enough, in_steps, number, part_of, whole_of
from templates_app.shapes import FieldShape, Indicator, Measure, Reckoning

Reckon = Callable[[Measure, Gathered], list[Figure]]


def reckoned(indicator: Indicator, gathered: Gathered) -> list[FoundMeasure]:
    """Every measure of an indicator; what lies between two of them comes of their figures."""
    found = {
        measure.key: FoundMeasure(
            measure, _RECKONED[measure.reckon](measure, gathered), gathered.tells_of_partners(measure)
        )
        for measure in indicator.measures
        if measure.reckon is not Reckoning.GAP
    }
    for measure in indicator.measures:
        if measure.reckon is Reckoning.GAP:
            apart = [found[key] for key in measure.of if key in found]
            found[measure.key] = FoundMeasure(measure, gap(apart), any(one.tells_of_partners for one in apart))
    return [found[measure.key] for measure in indicator.measures]


def mean(measure: Measure, gathered: Gathered) -> list[Figure]:
    """At each point the mean of the questions' means: of the same people as in the survey's own results."""
    return [figure for point in gathered.points(measure) if (figure := _mean_at(measure, point)) is not None]


def _mean_at(measure: Measure, point: Point) -> Figure | None:
    told = [
        [(one, value) for one in point.given if (value := number(one.answer(key))) is not None]
        for key in measure.fields
    ]
    fewest = min((len(column) for column in told), default=0)
    least, most = _ends(measure, point.given)
    if not all(enough(one for one, _value in column) for column in told):
        return Figure(point.label, None, "points", fewest, least=least, most=most, hidden=bool(point.given))
    means = [fmean(value for _one, value in column) for column in told]
    return Figure(point.label, fmean(means), "points", fewest, least=least, most=most)


def change(measure: Measure, gathered: Gathered) -> list[Figure]:
    """From the first point to the last, in those who answered at both: how far, and how many have risen.

    Those who answered at one of them alone stand in that survey's own results: ``part_of`` keeps them from being told.
    """
    points = gathered.points(measure)
    if len(points) < 2:
        return []
    first, last = (_scores(measure, point.given) for point in (points[0], points[-1]))
    both = [one for one in points[-1].given if one.person in first.keys() & last.keys()]
    counting = in_steps(both, points[-1].over_at, gathered.now)
    people = {one.person for one in counting}
    left_out = len((first.keys() | last.keys()) - people)
    kept = counting[: part_of(len(counting), left_out)]
    rises = [last[one.person] - first[one.person] for one in kept]
    least, most = _ends(measure, points[-1].given)
    words, risen = _("Change"), _("Share who have risen")
    if not enough(kept):
        return [Figure(words, None, "change", len(both), least=least, most=most, hidden=bool(both))]
    up = sum(rise > 0 for rise in rises)
    return [
        Figure(words, fmean(rises), "change", len(rises), least=least, most=most),
        Figure(risen, 100 * up / len(rises), "percent", len(rises), count=up),
    ]


def _scores(measure: Measure, given: Sequence[Given]) -> dict[object, float]:
    """Each person's mean over the questions, of those who answered them all."""
    found: dict[object, float] = {}
    for one in given:
        values = [number(one.answer(key)) for key in measure.fields]
        known = [value for value in values if value is not None]
        if len(known) == len(values):
            found[one.person] = fmean(known)
    return found


def _ends(measure: Measure, given: Sequence[Given]) -> tuple[float | None, float | None]:
    shapes: list[FieldShape] = [shape for one in given if (shape := one.shape(measure.fields[0])) and shape.points]
    if not shapes:
        return None, None
    values = [point.value for point in shapes[-1].points]
    return float(min(values)), float(max(values))


def share(measure: Measure, gathered: Gathered) -> list[Figure]:
    """At each point: of those who answered all of these questions, how many answered so."""
    return [_share_at(measure, point) for point in gathered.points(measure)]


def _share_at(measure: Measure, point: Point) -> Figure:
    told = [(one, all_fit(measure.fits, [one.answer(fit.field) for fit in measure.fits])) for one in point.given]
    known = [fits for _one, fits in told if fits is not None]
    of = whole_of(point.given)
    if not enough(one for one, fits in told if fits is not None):
        return Figure(point.label, None, "percent", len(known), of, hidden=bool(known))
    yes = sum(known)
    return Figure(point.label, 100 * yes / len(known), "percent", len(known), of, yes)


def gap(measures: Sequence[FoundMeasure]) -> list[Figure]:
    """How far the newest figures of two measures lie apart, each as its share of its own scale; both have to be shown."""
    newest = [next((one for one in reversed(found.figures) if one.most is not None), None) for found in measures]
    places = [one.share_of_scale for one in newest if one is not None]
    people = min((one.people for one in newest if one is not None), default=0)
    known = [place for place in places if place is not None]
    if len(known) != 2:
        hidden = any(one is not None and one.hidden for one in newest)
        return [Figure("", None, "percent", people, hidden=hidden)] if places else []
    return [Figure("", abs(known[0] - known[1]), "percent", people)]


_RECKONED: dict[Reckoning, Reckon] = {
    Reckoning.MEAN: mean,
    Reckoning.CHANGE: change,
    Reckoning.SHARE: share,
    Reckoning.RISE: rows.rise,
    Reckoning.ROWS: rows.reached,
    Reckoning.HOW_MANY: rows.how_many,
    Reckoning.SENT: whole.sent,
    Reckoning.TOGETHER: whole.together,
    Reckoning.HELD: whole.held,
    Reckoning.NOW_MENTORS: whole.now_mentors,
    Reckoning.ENGAGED: monthly.engaged,
    Reckoning.ACTIVITY: monthly.activity,
    Reckoning.REQUESTS: asking.requests,
    Reckoning.STANDING: standing.standing,
    Reckoning.AGREED: agreed.agreed,
    Reckoning.MATCHED: matched.matched,
    Reckoning.THEMES: themed.themes,
}
