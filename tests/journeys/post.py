"""The post: what the installation sent, read as its addressees read it; and the work behind it done."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core import mail
from django.core.mail import EmailMessage
from icalendar import Calendar, Event

from mentoring import clock
from mentoring.work.domain import do_due

ROUNDS = 6
"""Work that is done wakes further work (an agreement's PDF, its message): so many rounds end it."""


@dataclass(frozen=True)
class CalendarLetter:
    """What a calendar program makes of an invitation: what it is asked to do, and with which entry."""

    method: str
    event: Event


class Post:
    """Letters as they went out, newest last."""

    def deliver(self) -> None:
        """Let the background work happen."""
        for _round in range(ROUNDS):
            if not do_due(clock.now()):
                return

    def letters(self, email: str) -> list[EmailMessage]:
        """Everything sent to an address."""
        return [letter for letter in mail.outbox if email in " ".join(letter.to)]

    def letter(self, email: str, subject: str) -> EmailMessage:
        """The newest letter to an address whose subject holds these words."""
        letters = self.letters(email)
        for letter in reversed(letters):
            if subject in letter.subject:
                return letter
        raise AssertionError(f"Nobody wrote '{subject}' to {email}, only {[letter.subject for letter in letters]}.")

    def calendars(self, email: str) -> Iterator[CalendarLetter]:
        """The calendar entries that came to an address, in their order."""
        for letter in self.letters(email):
            for part in letter.message().walk() if letter.attachments else ():
                if part.get_content_type() == "text/calendar":
                    told = Calendar.from_ical(part.get_payload(decode=True))
                    assert part.get_param("method") == told["method"]
                    yield from (CalendarLetter(str(told["method"]), event) for event in told.walk("VEVENT"))

    def link(self, email: str, part: str) -> str:
        """The newest link with ``part`` in it that was sent to an address."""
        for letter in reversed(self.letters(email)):
            if found := re.search(rf"https?://\S*{part}\S*", str(letter.body)):
                return found.group().rstrip(".,)")
        subjects = [letter.subject for letter in self.letters(email)]
        raise AssertionError(f"No link with '{part}' was sent to {email}, only {subjects}.")

    def code(self, email: str) -> str:
        """The newest code to sign in with."""
        for letter in reversed(self.letters(email)):
            if found := re.search(r"\b\d{6}\b", str(letter.body)):
                return found.group()
        raise AssertionError(f"No code was sent to {email}.")
