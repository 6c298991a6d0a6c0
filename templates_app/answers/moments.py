"""Kinds whose answers are days and times: date, time, datetime."""

import re
from datetime import UTC, date, datetime, time
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mentoring.ui.zones import city
from templates_app.answers.behaviour import Behaviour, Spot
from templates_app.answers.context import AnswerContext
from templates_app.answers.raw import AnswerFault, is_raw, raw_words, unwrapped
from templates_app.answers.wording import tidy_code
from templates_app.shapes import FieldShape

_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_CLOCK = re.compile(r"^(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2}(?:\.\d+)?)?\s*([ap])?\.?m?\.?$", re.IGNORECASE)
_SPELLED = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y")
FIRST_YEAR, LAST_YEAR = 1900, 2200


def parse_day(typed: Any) -> date | None:
    """A day from ``2026-11-24`` or ``24 November 2026``, None for blank. Forms that could mean two days are refused.
    Raises ``AnswerFault``.
    """
    if typed is None or (isinstance(typed, str) and not typed.strip()):
        return None
    text = tidy_code(typed) if isinstance(typed, str) else ""
    for pattern in ("%Y-%m-%d",) if _DAY.match(text) else _SPELLED:
        try:
            day = datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return day
    raise AnswerFault(_("Enter a date as year-month-day, such as 2026-11-24."))


def parse_clock(typed: Any) -> time | None:
    """A time of day from ``9:30``, ``09.30``, ``9:30 pm`` or ``14``, None for blank. Raises ``AnswerFault``."""
    if typed is None or (isinstance(typed, str) and not typed.strip()):
        return None
    match = _CLOCK.match(tidy_code(typed)) if isinstance(typed, str) else None
    if match and (match[2] or match[3] or len(match[1]) == 2):
        hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        if hour <= 23 and minute <= 59 and not (half and int(match[1]) > 12):
            return time(hour, minute)
    raise AnswerFault(_("Enter a time, such as 9:30 or 14:00."))


def warn_outside(shape: FieldShape, day: date, spot: Spot) -> None:
    """Say so where a day lies outside the bounds that the field gives by name."""
    earliest = spot.context.date_named(shape.not_before) if shape.not_before else None
    latest = spot.context.date_named(shape.not_after) if shape.not_after else None
    if earliest and day < earliest:
        spot.warn(_("This is earlier than expected here: before %(day)s.") % {"day": told_day(earliest)})
    if latest and day > latest:
        spot.warn(_("This is later than expected here: after %(day)s.") % {"day": told_day(latest)})


def told_day(day: date) -> str:
    """A day in full in the language at hand: sheets are read years later, so the year always stands."""
    return formats.date_format(day, pgettext("a full date", "j F Y"))


def told_clock(clock: time) -> str:
    """A time of day in the language at hand."""
    return formats.time_format(clock, pgettext("time of day", "G:i"))


def read_instant(value: Any) -> datetime | None:
    """A stored instant, or None when the value is not one."""
    try:
        instant = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return instant if instant.tzinfo else None


class Date(Behaviour):
    """A day, ``2026-11-24``. It means a day and belongs to no zone."""

    def clean(self, shape: FieldShape, raw: Any, context: AnswerContext) -> str | None:
        day = parse_day(raw)
        return day.isoformat() if day else None

    def check(self, shape: FieldShape, raw: Any, spot: Spot) -> Any:
        value = super().check(shape, raw, spot)
        if isinstance(value, str):
            warn_outside(shape, date.fromisoformat(value), spot)
        return value

    def is_fact(self, shape: FieldShape, value: Any) -> bool:
        try:
            return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
        except ValueError:
            return False

    def words(self, shape: FieldShape, value: Any, context: AnswerContext) -> str:
        return told_day(date.fromisoformat(value)) if self.is_fact(shape, value) else raw_words(value)


class Time(Behaviour):
    """A time of day, ``09:30``."""

    def clean(self, shape: FieldShape, raw: Any, context: AnswerContext) -> str | None:
        # A bare hour may come as a number; a page would send it as the same words.
        clock = parse_clock(str(raw) if isinstance(raw, int) and not isinstance(raw, bool) else raw)
        return clock.strftime("%H:%M") if clock else None

    def is_fact(self, shape: FieldShape, value: Any) -> bool:
        return isinstance(value, str) and bool(re.fullmatch(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", value))

    def words(self, shape: FieldShape, value: Any, context: AnswerContext) -> str:
        if not self.is_fact(shape, value):
            return raw_words(value)
        return told_clock(time.fromisoformat(value))


class DateTime(Behaviour):
    """An instant, stored in UTC as ``2026-11-24T20:30:00Z``; typed as ``{"date": ..., "time": ...}`` in one's own zone.

    A time that the clocks skip is moved on by what they skip, with a warning; one that comes twice is the first.
    """

    def clean(self, shape: FieldShape, raw: Any, context: AnswerContext) -> str | None:
        instant = self._instant(raw, context)
        return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if instant else None

    def check(self, shape: FieldShape, raw: Any, spot: Spot) -> Any:
        value = super().check(shape, raw, spot)
        if isinstance(value, str):
            here = datetime.fromisoformat(value).astimezone(spot.context.tzinfo)
            warn_outside(shape, here.date(), spot)
            typed = unwrapped(raw)
            if isinstance(typed, dict) and parse_clock(typed.get("time")) != here.time():
                moved = {"time": told_clock(here.time())}
                spot.warn(_("The clocks change then and skip this time. It was moved to %(time)s.") % moved)
        return value

    def _instant(self, raw: Any, context: AnswerContext) -> datetime | None:
        if isinstance(raw, dict):
            return self._typed(parse_day(raw.get("date")), parse_clock(raw.get("time")), context)
        if raw is None or raw == "":
            return None
        instant = read_instant(raw)
        if instant is None or not FIRST_YEAR <= instant.year <= LAST_YEAR:
            raise AnswerFault(_("Enter a date and a time."))
        return instant

    def _typed(self, day: date | None, clock: time | None, context: AnswerContext) -> datetime | None:
        if day is None and clock is None:
            return None
        if day is None:
            raise AnswerFault(_("Enter the date as well."))
        if clock is None:
            raise AnswerFault(_("Enter the time as well."))
        return datetime.combine(day, clock, tzinfo=context.tzinfo)

    def is_fact(self, shape: FieldShape, value: Any) -> bool:
        return isinstance(value, str) and value.endswith("Z") and len(value) == 20 and read_instant(value) is not None

    def words(self, shape: FieldShape, value: Any, context: AnswerContext) -> str:
        if is_raw(value) or not self.is_fact(shape, value):
            return raw_words(value)
        here = datetime.fromisoformat(value).astimezone(context.tzinfo)
        told = {"day": told_day(here.date()), "time": told_clock(here.time()), "place": city(context.zone)}
        return _("%(day)s, %(time)s in %(place)s") % told
