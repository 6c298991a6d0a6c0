"""An event as a calendar file (RFC 5545, RFC 5546)."""

import datetime as dt

from icalendar import Calendar, Event, vCalAddress, vText

from mentoring import clock
from mentoring.accounts.models import User
from programmes.models import Gathering


def calendar_file(gathering: Gathering, guest: User, organiser: User | None, *, cancelled: bool = False) -> str:
    """The event for one guest: an invitation, or its cancelling. The UID stays; the sequence counts the changes."""
    event = Event()
    event.add("uid", f"{gathering.pk}@gathering")
    event.add("sequence", gathering.sequence)
    event.add("dtstamp", clock.now())
    event.add("dtstart", gathering.starts_at.astimezone(dt.UTC))
    event.add("dtend", gathering.ends_at.astimezone(dt.UTC))
    event.add("summary", gathering.title)
    if gathering.text:
        event.add("description", gathering.text)
    if gathering.place:
        event.add("location", gathering.place)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if organiser is not None:
        event.add("organizer", _address(organiser))
    attendee = _address(guest)
    attendee.params["partstat"] = vText("NEEDS-ACTION")
    event.add("attendee", attendee, encode=False)
    calendar = Calendar()
    calendar.add("prodid", "-//Mentoring//Events//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "REQUEST")
    calendar.add_component(event)
    return calendar.to_ical().decode()


def _address(person: User) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    address.params["cn"] = vText(person.name)
    return address
