"""The post: what the installation sent, read as its addressees read it; and the work behind it done."""

import re

from django.core import mail
from django.core.mail import EmailMessage

from mentoring import clock
from mentoring.work.domain import do_due

ROUNDS = 6
"""Work that is done wakes further work (an agreement's PDF, its message): so many rounds end it."""


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
