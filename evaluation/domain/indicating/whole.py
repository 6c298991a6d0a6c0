"""What is reckoned of relationships, sessions and people as wholes rather than of one question."""

from collections.abc import Iterable
from uuid import UUID

from evaluation.domain.indicating.found import Figure, Whole
from evaluation.domain.indicating.gathering import Gathered
from evaluation.domain.indicating.points import Given, all_fit, in_steps, part_of
from evaluation.domain.indicating.rows import score_of
from templates_app.domain.counting import SMALLEST_GROUP
from templates_app.shapes import Measure, Part


def _share(label: str, yes: int, of: int, whole: Whole, *, told: bool) -> Figure:
    """``yes`` of ``of``; hidden where too few people or relationships stand behind it to be ``told``."""
    if not told:
        return Figure(label, None, "percent", of, whole, hidden=bool(of))
    return Figure(label, 100 * yes / of, "percent", of, whole, yes)


def sent(measure: Measure, gathered: Gathered) -> list[Figure]:
    """Of the relationships that were called for a sheet by now, how many have sent it. No answer is looked at."""
    called = gathered.called_for(measure.worksheet or "")
    missing = {row.pairing_id for row in called if row.done_at is None}
    all_of = {row.pairing_id for row in called}
    return (
        [_share("", len(all_of - missing), len(all_of), "relationships", told=gathered.are_enough(all_of))]
        if all_of
        else []
    )


def together(measure: Measure, gathered: Gathered) -> list[Figure]:
    """Of the relationships in which every part was answered, in how many all parts hold."""
    points = [gathered.at(part.survey) for part in measure.parts]
    told = [
        {} if point is None else _by_pairing(part, point.given)
        for part, point in zip(measure.parts, points, strict=True)
    ]
    everybody = set().union(*told)
    known = set.intersection(*(set(one) for one in told)) if told else set()
    ends = [point.over_at for point in points if point is not None]
    over_at = max((end for end in ends if end is not None), default=None)
    last = [point for point in points if point is not None]
    newest = {one.pairing: one for point in last for one in sorted(point.given, key=lambda one: one.done_at)}
    counting = in_steps([newest[pairing] for pairing in known], over_at, gathered.now)
    kept = [one.pairing for one in counting[: part_of(len(counting), len(everybody) - len(counting))]]
    if not everybody:
        return []
    if not gathered.are_enough(kept):
        return [Figure("", None, "percent", len(known), "relationships", hidden=bool(known))]
    holds = sum(all(one[pairing] for one in told) for pairing in kept)
    return [_share("", holds, len(kept), "relationships", told=True)]


def _by_pairing(part: Part, given: Iterable[Given]) -> dict[UUID, bool]:
    """Whether a part holds in each relationship: for everybody of that side who said so."""
    found: dict[UUID, bool] = {}
    for one in given:
        holds = _holds(part, one)
        if holds is not None:
            found[one.pairing] = holds and found.get(one.pairing, True)
    return found


def _holds(part: Part, one: Given) -> bool | None:
    if part.rows:
        score = score_of(one.rows(part.rows), part)
        return None if score is None else score >= part.share
    return all_fit(part.fits, [one.answer(fit.field) for fit in part.fits])


def held(measure: Measure, gathered: Gathered) -> list[Figure]:
    """Of the numbered sessions whose time has come, how many were held; called off counts as not held."""
    found = gathered.sessions
    return [_share("", found["held"], found["come"], "sessions", told=bool(found["told"]))] if found["come"] else []


def now_mentors(measure: Measure, gathered: Gathered) -> list[Figure]:
    """Of the mentees whose pairing is over, how many take part in this programme as mentors."""
    former, mentors = gathered.former_mentees
    return [_share("", mentors, former, "people", told=former >= SMALLEST_GROUP)] if former else []
