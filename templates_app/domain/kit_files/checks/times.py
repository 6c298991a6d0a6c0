"""Moments, meetings and the opening of worksheets make sense."""

from collections.abc import Iterator

from templates_app.domain.kit_files.faults import Problem
from templates_app.domain.kit_files.walking import Step
from templates_app.domain.kit_files.yaml_text import Loc
from templates_app.shapes import Anchor, Instant, Kit, Meeting, Moment, Readers, Survey

_NEED_SESSION = (Anchor.SESSION_START, Anchor.SESSION_END)
_MONTH = (28, 31)
"""The fewest and the most days of a month."""

DUE_BEFORE_OPEN = "This is due before it opens. Let it be due later, or open earlier."


def check_times(kit: Kit, steps: list[Step]) -> Iterator[Problem]:
    """Instants without their session, openings without their moment, meetings whose minutes do not add up."""
    for step in steps:
        match step.shape:
            case Instant():
                yield from _instant(step.loc, step.shape)
            case Moment():
                yield from _moment(step.loc, step.shape)
            case Survey() if step.shape.due is not None and is_before(step.shape.due, step.shape.moment):
                yield Problem((*step.loc, "due"), DUE_BEFORE_OPEN)
            case Readers():
                yield from _readers(step.loc, step.shape)
            case Meeting():
                yield from _meeting(step.loc, step.shape)


def is_before(one: Instant, other: Instant) -> bool:
    """Whether an instant comes before another on any calendar, where both hang on the same thing."""
    if (one.anchor, one.session) != (other.anchor, other.session):
        return False
    days, months = one.days - other.days, one.months - other.months
    return all(days + months * length < 0 for length in _MONTH)


def _instant(loc: Loc, instant: Instant) -> Iterator[Problem]:
    if instant.anchor in _NEED_SESSION and instant.session is None:
        yield Problem(loc, f"'{instant.anchor}' needs to know which session: add 'session'.")
    if instant.anchor not in _NEED_SESSION and instant.session is not None:
        yield Problem((*loc, "session"), f"'{instant.anchor}' hangs on no session. Take 'session' out.")


def _moment(loc: Loc, moment: Moment) -> Iterator[Problem]:
    if moment.due is not None and is_before(moment.due, moment.opens):
        yield Problem((*loc, "due"), DUE_BEFORE_OPEN)
    if moment.every is None:
        return
    hangs = moment.opens.anchor in _NEED_SESSION
    if moment.every.sessions and not hangs:
        message = "What comes with each session hangs on one: let it open at 'session-start' or 'session-end'."
        yield Problem((*loc, "every"), message)
    if not moment.every.sessions and hangs:
        yield Problem((*loc, "every"), "What hangs on a session comes round with 'sessions', not by the calendar.")


def _readers(loc: Loc, readers: Readers) -> Iterator[Problem]:
    if readers.opens == "moment" and readers.opens_at is None:
        yield Problem(loc, "'opens: moment' needs 'opens_at': say when the partner may read this.")
    if readers.opens != "moment" and readers.opens_at is not None:
        yield Problem((*loc, "opens_at"), "'opens_at' counts only with 'opens: moment'. Add that or take it out.")


def _meeting(loc: Loc, meeting: Meeting) -> Iterator[Problem]:
    if meeting.min_minutes > meeting.max_minutes:
        yield Problem(
            (*loc, "min_minutes"), "'min_minutes' is larger than 'max_minutes'. Make one of them fit the other."
        )
    elif not meeting.min_minutes <= meeting.default_minutes <= meeting.max_minutes:
        yield Problem(loc, "'default_minutes' should lie between 'min_minutes' and 'max_minutes'.")
    if not meeting.slices:
        return
    total = sum(part.minutes for part in meeting.slices)
    if total != meeting.min_minutes:
        message = f"The parts last {total} minutes together; the shortest meeting has {meeting.min_minutes}."
        yield Problem((*loc, "slices"), message)
    if sum(part.stretches for part in meeting.slices) != 1:
        yield Problem((*loc, "slices"), "Mark one part, and only one, with 'stretches: true': it takes the extra time.")
