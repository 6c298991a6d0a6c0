"""Calendar files after RFC 5545 and 5546. Pure: what stands in an entry is given, text comes out.

An entry tells that two people meet, when and where; nothing anybody wrote ever stands in one.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from icalendar import Calendar, Event, vCalAddress, vText

PRODUCT = "-//Mentoring//Sessions//EN"
REFRESH = dt.timedelta(hours=6)


class Method(StrEnum):
    """What a calendar file asks of the calendar that gets it (RFC 5546)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


@dataclass(frozen=True)
class Party:
    """Somebody in a calendar entry."""

    name: str
    email: str


@dataclass(frozen=True)
class Entry:
    """A session as it stands in a calendar. ``uid`` never changes, ``sequence`` counts its changes."""

    uid: str
    sequence: int
    starts: dt.datetime
    minutes: int
    summary: str
    description: str
    url: str
    location: str = ""
    stamped: dt.datetime | None = None
    cancelled: bool = False
    organiser: Party | None = None
    attendee: Party | None = None


def calendar_text(entries: Iterable[Entry], *, method: Method, name: str = "") -> str:
    """A whole calendar file with CRLF line ends and folded lines. ``name`` is what a subscribed calendar is called."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry))
    return calendar.to_ical().decode()


def _event(entry: Entry) -> Event:
    event = Event()
    starts = entry.starts.astimezone(dt.UTC)
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", (entry.stamped or starts).astimezone(dt.UTC))
    event.add("dtstart", starts)
    event.add("dtend", starts + dt.timedelta(minutes=entry.minutes))
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    event.add("url", entry.url)
    if entry.location:
        event.add("location", entry.location)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "OPAQUE")
    if entry.organiser:
        event.add("organizer", _address(entry.organiser), encode=False)
    if entry.attendee:
        attendee = _address(entry.attendee)
        attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
        attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
        attendee.params["RSVP"] = vText("FALSE")
        event.add("attendee", attendee, encode=False)
    return event


def _address(party: Party) -> vCalAddress:
    address = vCalAddress(f"mailto:{party.email}")
    address.params["CN"] = vText(party.name)
    return address
