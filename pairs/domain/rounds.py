"""What comes round again: a check-up every two months is one output for each round. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from pairs.domain.instants import Anchors, opening
from pairs.domain.wanted import Wanted, stage_of
from templates_app.shapes import Every, Instant, Kit

MOST = 120
"""No more rounds than these, whatever dates somebody agreed on: ten years of months."""


def in_rounds(wanted: Iterable[Wanted], kit: Kit, anchors: Anchors) -> list[Wanted]:
    """The same, with each thing that comes round again once for every round that begins before the pair's end.

    As long as its anchor is not known there is one round, without a date. What comes with each session stands in the stage
    of that session where its moment names none.
    """
    found = [one for thing in wanted for one in (_rounds(thing, thing.every, anchors) if thing.every else [thing])]
    return [replace(one, stage=stage_of(kit, one.session)) if _is_loose(one) and one.session else one for one in found]


def _is_loose(one: Wanted) -> bool:
    return one.every is not None and bool(one.every.sessions) and not one.stage


def is_round(moment: str) -> bool:
    """Whether an output's moment is one of several rounds."""
    return "." in moment


def _rounds(thing: Wanted, every: Every, anchors: Anchors) -> list[Wanted]:
    if every.sessions:
        return _with_sessions(thing, every.sessions, every.times or MOST, anchors)
    known = anchors.at(thing.opens) is not None
    found = [_round(thing, every, 1)]
    for number in range(2, min(every.times or MOST, MOST) + 1):
        following = _round(thing, every, number)
        opens = opening(following.opens, anchors, ["UTC"])
        if not known or opens is None or opens + dt.timedelta(days=1) > anchors.end:
            break
        found.append(following)
    return found


def _with_sessions(thing: Wanted, step: int, times: int, anchors: Anchors) -> list[Wanted]:
    """One for each so many sessions, named after the session."""
    first = thing.session or thing.opens.session or 1
    numbers = [number for number in sorted(anchors.numbers) if number >= first and (number - first) % step == 0]
    return [
        replace(
            thing,
            title=f"{thing.title[:190]} · {number}",
            moment=f"{thing.moment}.{number}",
            session=number,
            opens=_with_session(thing.opens, number - first),
            due=_with_session(thing.due, number - first) if thing.due else None,
        )
        for number in numbers[: min(times, MOST)]
    ]


def _with_session(instant: Instant, later: int) -> Instant:
    return instant.model_copy(update={"session": instant.session + later}) if instant.session else instant


def _round(thing: Wanted, every: Every, number: int) -> Wanted:
    return replace(
        thing,
        title=f"{thing.title[:190]} · {number}",
        moment=f"{thing.moment}.{number}",
        opens=_later(thing.opens, every, number - 1),
        due=_later(thing.due, every, number - 1) if thing.due else None,
    )


def _later(instant: Instant, every: Every, times: int) -> Instant:
    days, months = (every.weeks or 0) * 7 * times, (every.months or 0) * times
    return instant.model_copy(update={"days": instant.days + days, "months": instant.months + months})
