"""Whether dates can stand: what is refused for any session, whoever sets it and wherever."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from mentoring import clock
from pairs.enums import SessionState
from pairs.models import Session
from templates_app.answers.moments import LAST_YEAR

SHORTEST, LONGEST = 5, 480
"""Minutes. Within these bounds every length is accepted; the handbook's own bounds only warn."""


class CannotDate(Exception):
    """Dates that cannot stand; ``faults`` says why, by session number (0: all of them together)."""

    def __init__(self, faults: dict[int, str]) -> None:
        super().__init__("; ".join(faults.values()))
        self.faults = faults


def date_faults(sessions: Iterable[Session], changed: Iterable[int]) -> dict[int, str]:
    """What is wrong with numbered sessions as they would stand, by number. ``changed``: whose date is being set now."""
    found: dict[int, str] = {}
    now = clock.now()
    dated = [row for row in sessions if row.part == 0 and row.starts_at and row.state != SessionState.CANCELLED]
    touched = set(changed)
    for row in dated:
        if row.number in touched and row.starts_at and (fault := far_fault(row.starts_at)):
            found[row.number] = fault
    if found:
        return found
    before: Session | None = None
    for row in sorted(dated, key=lambda row: row.number):
        assert row.starts_at is not None
        if row.number in touched and row.starts_at < now and row.state == SessionState.PLANNED:
            found[row.number] = _("This is in the past. Choose a date to come.")
        elif before is not None and _follows_badly(before, row) and {row.number, before.number} & touched:
            found[row.number if row.number in touched else before.number] = _order_words(before, row)
        before = row
    return found


def _follows_badly(before: Session, row: Session) -> bool:
    assert before.starts_at is not None
    assert row.starts_at is not None
    return row.starts_at < before.starts_at + dt.timedelta(minutes=before.minutes)


def _order_words(before: Session, row: Session) -> str:
    numbers = {"earlier": before.number, "later": row.number}
    assert before.starts_at is not None
    assert row.starts_at is not None
    if row.starts_at < before.starts_at:
        return _("Session %(later)d must come after session %(earlier)d.") % numbers
    return _("Session %(later)d would begin before session %(earlier)d is over.") % numbers


def far_fault(start: dt.datetime) -> str:
    """Why an instant is too far ahead for a session; empty when it is not. Near the last of all years, calendars and clocks
    in other zones cannot be reckoned any more.
    """
    if start.year <= LAST_YEAR:
        return ""
    return _("This is too far ahead. Choose a date up to the year %(year)d.") % {"year": LAST_YEAR}


def length_fault(minutes: int) -> str:
    """Why a length cannot stand; empty when it can."""
    if SHORTEST <= minutes <= LONGEST:
        return ""
    return _("A session takes between %(least)d minutes and %(most)d hours.") % {
        "least": SHORTEST,
        "most": LONGEST // 60,
    }
