"""The mentor's first letter: who they are, and when the first call could be (``plp.sys.20``).

The text goes to the mentee alone, sealed like everything that is written. The mentor's own address stands in it only where
the mentor wants that.
"""

import datetime as dt
import hashlib

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.notices.domain.outbox import notify
from mentoring.ui import dates
from mentoring.ui.zones import city
from pairs.domain.outputs import close_output
from pairs.domain.people import NotAMember, People, Person, member_of, people_of
from pairs.domain.reminders import fill
from pairs.domain.sessions import move_session
from pairs.domain.telling import page_of
from pairs.enums import OutputKind, SessionState
from pairs.models import Output, Pairing, Schedule, Session
from programmes.enums import Side
from templates_app.domain.kits import kit_of
from templates_app.shapes import Message

PLACES = ("date", "time", "link")
"""What the mentor may leave to be filled in for the mentee, on the mentee's own clock."""


class MissingPlace(Exception):
    """The letter leaves a place for something that was not given. ``places`` names them."""

    def __init__(self, places: list[str]) -> None:
        super().__init__(", ".join(places))
        self.places = places


def suggested_letter(pairing: Pairing, people: People) -> tuple[str, str]:
    """Subject and text to begin with, from the handbook; date, time and link are left as places."""
    message = _letter_of(pairing)
    if message is None:
        return _("Hello from your mentor"), ""
    words = {
        "person": people.mentor.name,
        "partner": people.mentee.short_name,
        "programme": pairing.cohort.programme.title,
    }
    return fill(message.subject, words), fill(message.text, words)


def _letter_of(pairing: Pairing) -> Message | None:
    messages = kit_of(pairing.cohort.programme.handbook).messages
    return next((one for one in messages if one.sender == "mentor" and "mentee" in one.to), None)


@transaction.atomic
def send_introduction(
    *,
    pairing: Pairing,
    subject: str,
    text: str,
    starts_at: dt.datetime | None,
    link: str,
    show_address: bool,
    zone: str,
    actor: User,
    after: str = "",
) -> Session:
    """Send the letter to the mentee; with a date it also becomes the date of session 1.

    ``starts_at`` is an instant in UTC, chosen in ``zone``. ``show_address`` lets the mentee see the mentor's e-mail address.
    ``after`` is the letter that this one follows, as its page knew (``last_letter``): the same letter sent twice from one
    page is one letter, and the second time changes nothing; other words, or a page opened afterwards, make another.
    Raises ``NotAMember`` for anybody but the mentor, ``MissingPlace``, ``CannotDate``, ``WrongState``.
    """
    member = member_of(pairing, actor)
    if member.side != Side.MENTOR:
        raise NotAMember
    people = people_of(pairing)
    schedule = Schedule.objects.select_for_update().get(pairing=pairing)  # of two clicks at once the second waits here
    first = Session.objects.get(pairing=pairing, number=1, part=0)
    first.pairing = pairing
    if starts_at is not None and first.state != SessionState.HELD:
        first = move_session(
            session=first,
            starts_at=starts_at,
            minutes=first.minutes,
            link=link or first.link,
            zone=zone,
            actor=actor,
            told_otherwise=True,
        )
    if not _notify(pairing, people, subject, text, starts_at, link, actor.email if show_address else "", after):
        return first
    Schedule.objects.filter(pk=schedule.pk).update(introduction_sent_at=clock.now())
    for output in Output.objects.filter(pairing=pairing, kind=OutputKind.INTRODUCTION).select_related("session"):
        close_output(output=output, actor=actor)
    record_event("introduction.sent", pairing, actor=actor)
    return first


def last_letter(schedule: Schedule) -> str:
    """Which letter has gone out last, for a page to remember; empty before the first."""
    return schedule.introduction_sent_at.isoformat() if schedule.introduction_sent_at else ""


def _notify(
    pairing: Pairing,
    people: People,
    subject: str,
    text: str,
    starts_at: dt.datetime | None,
    link: str,
    reply_to: str,
    after: str,
) -> bool:
    """Queue the letter; ``False`` when this very letter was sent from the same page before."""
    mentee, mentor = people.mentee, people.mentor
    recipient = mentee.user or mentee.participant.email
    with override(mentee.user.language if mentee.user else pairing.organisation.language):
        words = place_words(starts_at, link, mentee)
        if missing := [name for name in PLACES if f"{{{name}}}" in subject + text and not words.get(name)]:
            raise MissingPlace(missing)
        when = dates.when(starts_at, mentee.zone, mentor.zone, mentor.short_name) if starts_at else ""
    letter = repr((subject, text, starts_at and starts_at.astimezone(dt.UTC), link, reply_to, after))
    queued = notify(
        "pairs.introduction",
        recipient,
        about=pairing,
        occasion=f"introduction-{pairing.pk}-{hashlib.sha256(letter.encode()).hexdigest()[:32]}",
        context={
            "subject": fill(subject, words),
            "text": fill(text, words),
            "when": when,
            "join": link,
            "by": mentor.short_name,
            "reply_to": reply_to,
            "action_url": page_of("pairs:home"),
        },
    )
    return queued is not None


def place_words(starts_at: dt.datetime | None, link: str, reader: Person) -> dict[str, str]:
    """What the letter's places become for its reader, on the reader's own clock."""
    if starts_at is None:
        return {"link": link}
    local = starts_at.astimezone(dates.ZoneInfo(reader.zone))
    time = _("%(time)s (%(city)s time)") % {"time": dates.clock(local), "city": city(reader.zone)}
    return {"date": dates.day(local.date()), "time": time, "link": link}
