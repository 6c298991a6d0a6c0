"""Dates and times in words, as people say them, with the place whose clock is meant.

All functions take aware instants and zone ids and answer text in the active language. Nothing here reads the clock, except
where ``today`` or ``now`` is left out.
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.template.defaultfilters import floatformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, pgettext

from mentoring.ui.zones import city


def day(value: dt.date, *, year: int | None = None) -> str:
    """A day such as "Thursday 10 December"; with the year unless it is ``year`` (default: this year in the active zone)."""
    known = timezone.localdate().year if year is None else year
    if value.year == known:
        return date_format(value, pgettext("day of this year", "l j F"))
    return date_format(value, pgettext("day of another year", "l j F Y"))


def short_day(value: dt.date) -> str:
    """A day such as "10 Dec", for tags and narrow columns."""
    return date_format(value, pgettext("short day", "j M"))


def clock(value: dt.datetime) -> str:
    """The wall clock that ``value`` carries: "9:00", "14:30"."""
    return date_format(value, pgettext("time of day", "G:i"))


def moment(instant: dt.datetime, zone: str) -> str:
    """Day, time and place: "Thursday 10 December, 9:00 in Nukuʻalofa"."""
    local = instant.astimezone(ZoneInfo(zone))
    return gettext("%(day)s, %(time)s in %(city)s") % {
        "day": day(local.date()),
        "time": clock(local),
        "city": city(zone),
    }


def for_partner(instant: dt.datetime, zone: str, partner_zone: str, partner: str) -> str:
    """What the same instant is for the other person, without brackets; empty when both read the same zone.

    "6:00 for Helen, in Brisbane", and with the day where theirs is another one: "Wednesday 9 December, 10:00 for …".
    """
    if partner_zone == zone:
        return ""
    mine, theirs = instant.astimezone(ZoneInfo(zone)), instant.astimezone(ZoneInfo(partner_zone))
    words = {"time": clock(theirs), "day": day(theirs.date()), "name": partner, "city": city(partner_zone)}
    if mine.date() != theirs.date():
        return gettext("%(day)s, %(time)s for %(name)s, in %(city)s") % words
    if mine.time() == theirs.time():
        return gettext("%(time)s for %(name)s too, in %(city)s") % words
    return gettext("%(time)s for %(name)s, in %(city)s") % words


def when(instant: dt.datetime, zone: str, partner_zone: str = "", partner: str = "") -> str:
    """Both clocks in one line: "Thursday 10 December, 9:00 in Nukuʻalofa (6:00 for Helen, in Brisbane)"."""
    own = moment(instant, zone)
    other = for_partner(instant, zone, partner_zone, partner) if partner_zone else ""
    return f"{own} ({other})" if other else own


def hours(count: float, places: int = 1) -> str:
    """So many hours in words, with at most so many places: "1 hour", "1.5 hours"."""
    words = ngettext("%(count)s hour", "%(count)s hours", 1 if count == 1 else 2)
    return words % {"count": floatformat(count, -places)}


def span(first: dt.date, last: dt.date) -> str:
    """From when to when: "2 November 2026 to 30 April 2027", saying month and year once where they are shared."""
    if (first.year, first.month) == (last.year, last.month):
        start = pgettext("first day, same month", "j")
    elif first.year == last.year:
        start = pgettext("first day, same year", "j F")
    else:
        start = pgettext("a full date", "j F Y")
    end = pgettext("a full date", "j F Y")
    return gettext("%(first)s to %(last)s") % {"first": date_format(first, start), "last": date_format(last, end)}


@dataclass(frozen=True, slots=True)
class Due:
    """How something owed stands: ``state`` is "good", "due", "late" or "neutral" (the four of a tag)."""

    state: str
    words: str


SOON_DAYS = 3
"""From this many days before, what is owed is shown as due rather than as ahead."""


def due(date: dt.date, *, today: dt.date) -> Due:
    """How something due stands: "due today", "due Thursday", "by 10 Dec", "3 days late", with the state to match."""
    days = (date - today).days
    if days < 0:
        return Due("late", ngettext("%(count)d day late", "%(count)d days late", -days) % {"count": -days})
    if days == 0:
        return Due("due", gettext("due today"))
    if days == 1:
        return Due("due", gettext("due tomorrow"))
    state = "due" if days <= SOON_DAYS else "neutral"
    if days < 7:
        return Due(state, gettext("due %(weekday)s") % {"weekday": date_format(date, "l")})
    return Due(state, gettext("by %(date)s") % {"date": short_day(date)})


def done(date: dt.date) -> Due:
    """That something was done: "done 26 Nov"."""
    return Due("good", gettext("done %(date)s") % {"date": short_day(date)})


def since(instant: dt.datetime, *, now: dt.datetime, zone: str) -> str:
    """How long something has stood, in days of the reader's calendar: "today", "since yesterday", "for 5 days"."""
    local = ZoneInfo(zone)
    days = (now.astimezone(local).date() - instant.astimezone(local).date()).days
    if days <= 0:
        return gettext("today")
    if days == 1:
        return gettext("since yesterday")
    return ngettext("for %(count)d day", "for %(count)d days", days) % {"count": days}
