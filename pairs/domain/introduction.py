"""The first letter of a pair, from whoever writes it by the handbook: who they are, and when the first call could be
(``plp.sys.20``).

The text goes to the partner alone, sealed like everything that is written. The writer's own address stands in it only where
the writer wants that.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass

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
from pairs.domain.people import NotAMember, Others, Person, member_of, people_of
from pairs.domain.reminders import fill
from pairs.domain.sessions import move_session
from pairs.domain.telling import page_of
from pairs.domain.wanted import taken_by
from pairs.enums import OutputKind, SessionState
from pairs.models import Output, Pairing, Schedule, Session
from programmes.enums import Side
from templates_app.domain.kits import kit_of
from templates_app.shapes import Message

PLACES = ("date", "time", "link")
"""What the writer may leave to be filled in for the reader, on the reader's own clock."""


class MissingPlace(Exception):
    """The letter leaves a place for something that was not given. ``places`` names them."""

    def __init__(self, places: list[str]) -> None:
        super().__init__(", ".join(places))
        self.places = places


def suggested_letter(pairing: Pairing, writer: Person, readers: Others) -> tuple[str, str]:
    """Subject and text to begin with, from the handbook; date, time and link are left as places."""
    other = Side.MENTEE if writer.side is Side.MENTOR else Side.MENTOR
    message = _letter_of(pairing, writer.side, other)
    if message is None:
        return _("Hello from your %(side)s") % {"side": writer.side.label}, ""
    words = {
        "person": writer.name,
        "partner": readers.short_name,
        "programme": pairing.cohort.programme.title,
    }
    return fill(message.subject, words), fill(message.text, words)


def _letter_of(pairing: Pairing, sender: Side, to: Side) -> Message | None:
    messages = kit_of(pairing.cohort.programme.handbook).messages
    return next((one for one in messages if one.sender == sender and to in one.to), None)


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
    """Send the letter to everybody on the other side; with a date it also becomes the date of session 1.

    ``starts_at`` is an instant in UTC, chosen in ``zone``. ``show_address`` lets the partner see the writer's e-mail address.
    ``after`` is the letter that this one follows, as its page knew (``last_letter``): the same letter sent twice from one
    page is one letter, and the second time changes nothing; other words, or a page opened afterwards, make another.
    Raises ``NotAMember`` for anybody who does not write it by the handbook, ``MissingPlace``, ``CannotDate``,
    ``WrongState``.
    """
    member = member_of(pairing, actor)
    if member.side not in taken_by(kit_of(pairing.cohort.programme.handbook), OutputKind.INTRODUCTION):
        raise NotAMember
    people = people_of(pairing)
    writer = people.member(member.pk)
    assert writer is not None
    address = actor.email if show_address else ""
    letters = [
        Letter(writer, reader, subject, text, starts_at, link, address) for reader in people.across(writer).people
    ]
    schedule = Schedule.objects.select_for_update().get(pairing=pairing)  # of two clicks at once the second waits here
    first = Session.objects.get(pairing=pairing, number=1, part=0)
    first.pairing = pairing
    if starts_at is not None and first.state != SessionState.HELD:
        first = _dated(first, starts_at, link, zone, actor)
    queued = [_notify(pairing, letter, after) for letter in letters]  # to each, also where one has had it before
    if not any(queued):
        return first
    Schedule.objects.filter(pk=schedule.pk).update(introduction_sent_at=clock.now())
    for output in Output.objects.filter(pairing=pairing, kind=OutputKind.INTRODUCTION).select_related("session"):
        close_output(output=output, actor=actor)
    record_event("introduction.sent", pairing, actor=actor)
    return first


def _dated(first: Session, starts_at: dt.datetime, link: str, zone: str, actor: User) -> Session:
    """Session 1 on the day that the letter itself tells."""
    return move_session(
        session=first,
        starts_at=starts_at,
        minutes=first.minutes,
        link=link or first.link,
        zone=zone,
        actor=actor,
        told_otherwise=True,
    )


def last_letter(schedule: Schedule) -> str:
    """Which letter has gone out last, for a page to remember; empty before the first."""
    return schedule.introduction_sent_at.isoformat() if schedule.introduction_sent_at else ""


@dataclass(frozen=True)
class Letter:
    """A letter as it is sent. ``reply_to`` is empty where the writer keeps their address to themselves."""

    writer: Person
    reader: Person
    subject: str
    text: str
    starts_at: dt.datetime | None
    link: str
    reply_to: str

    def fingerprint(self, after: str) -> str:
        """A short name of what it says, as a letter that follows ``after``."""
        starts = self.starts_at and self.starts_at.astimezone(dt.UTC)
        said = repr((self.subject, self.text, starts, self.link, self.reply_to, after))
        return hashlib.sha256(said.encode()).hexdigest()[:32]


def _notify(pairing: Pairing, letter: Letter, after: str) -> bool:
    """Queue the letter; ``False`` when this very letter was sent from the same page before."""
    reader, writer = letter.reader, letter.writer
    with override(reader.user.language if reader.user else pairing.organisation.language):
        words = place_words(letter.starts_at, letter.link, reader)
        if missing := [
            name for name in PLACES if f"{{{name}}}" in letter.subject + letter.text and not words.get(name)
        ]:
            raise MissingPlace(missing)
        starts_at = letter.starts_at
        when = dates.when(starts_at, reader.zone, writer.zone, writer.short_name) if starts_at else ""
    queued = notify(
        "pairs.introduction",
        reader.user or reader.participant.email,
        about=pairing,
        occasion=f"introduction-{pairing.pk}-{letter.fingerprint(after)}",
        context={
            "subject": fill(letter.subject, words),
            "text": fill(letter.text, words),
            "when": when,
            "join": letter.link,
            "by": writer.short_name,
            "reply_to": letter.reply_to,
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
