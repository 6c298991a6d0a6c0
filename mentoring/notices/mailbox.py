"""A mail backend that keeps each message as a file: where no mail server is set, nothing is lost and all can be looked at."""

import secrets
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

from mentoring import clock


class MailboxBackend(BaseEmailBackend):
    """Writes ``MAILBOX_DIR/<instant>-<random>.eml``, whole or not at all."""

    def send_messages(self, email_messages) -> int:
        """Keep the messages; returns how many."""
        folder = Path(settings.MAILBOX_DIR)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages:
            name = f"{clock.now():%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}.eml"
            unfinished = folder / f".{name}"
            unfinished.write_bytes(message.message().as_bytes())
            unfinished.rename(folder / name)
        return len(email_messages)
