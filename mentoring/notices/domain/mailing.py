"""Handing one message to the mail server, and what a failure means."""

import contextlib
import logging
import smtplib
from dataclasses import dataclass
from email.utils import formatdate

from celery.exceptions import SoftTimeLimitExceeded
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from mentoring import clock
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message

log = logging.getLogger(__name__)

PERMANENT = 500
"""SMTP reply codes from here on say that trying again will not help (RFC 5321, 4.2.1)."""


@dataclass(frozen=True)
class Failure:
    """Why a message did not go out: ``reason`` in words for staff, never content.

    ``server`` says that the mail server is at fault and any other message would fail too; ``final`` that this message
    will never go out as it is.
    """

    reason: str
    server: bool = False
    final: bool = False


class Mailer:
    """A connection to the mail server, opened when first needed, dropped after a failure, closed at the end."""

    def __init__(self) -> None:
        self._connection: BaseEmailBackend = get_connection()

    def __enter__(self) -> "Mailer":
        return self

    def __exit__(self, *_exception: object) -> None:
        self._drop()

    def send(self, message: Message) -> Failure | None:
        """Hand the message over. Returns why it failed, or ``None``. Its organisation must be open.

        Whatever is wrong with one message is that message's failure; the others go on. Only a worker that has no time
        left is not: its message is still claimed, and goes when the lease has run out.
        """
        try:
            mail = as_mail(message)
            # Put together once before the server is spoken to: what a text or an attachment spoils, it spoils here.
            mail.message().as_bytes()
        except SoftTimeLimitExceeded:
            raise
        except Exception as fault:
            log.exception("Message of kind %s could not be made", message.kind)
            return Failure(f"could not be made: {type(fault).__name__}")
        try:
            self._connection.open()
            self._connection.send_messages([mail])
        except (OSError, smtplib.SMTPException) as fault:
            self._drop()
            return failure_of(fault)
        except SoftTimeLimitExceeded:
            self._drop()
            raise
        except Exception as fault:
            # Neither the network nor the server's word. What was said to the server so far is unknown: begin anew.
            self._drop()
            log.exception("Message of kind %s could not be handed over", message.kind)
            return Failure(f"could not be handed over: {type(fault).__name__}")
        return None

    def _drop(self) -> None:
        """Close, whatever state the connection is in; the next message opens a new one."""
        with contextlib.suppress(OSError, smtplib.SMTPException):
            self._connection.close()


def failure_of(fault: Exception) -> Failure:
    """What a refusal or a broken connection means for this message and for the others."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _words in fault.recipients.values()]
        final = bool(codes) and all(code >= PERMANENT for code in codes)
        return Failure("address refused" if final else "address refused for now", final=final)
    if isinstance(fault, smtplib.SMTPDataError):
        final = fault.smtp_code >= PERMANENT
        return Failure("message refused" if final else "message refused for now", final=final)
    return Failure(f"mail server: {type(fault).__name__}", server=True)


def as_mail(message: Message) -> EmailMultiAlternatives:
    """The e-mail as it goes out, with a Message-ID that is the same at every attempt."""
    rendered = render_message(message)
    mail = EmailMultiAlternatives(
        subject=rendered.subject,
        body=rendered.text,
        to=[message.email],
        headers={
            "Message-ID": message.message_id,
            "Date": formatdate(clock.now().timestamp()),
            "Auto-Submitted": "auto-generated",
            "X-Notice-Kind": message.kind,
        },
    )
    mail.attach_alternative(rendered.html, "text/html")
    for part in message.attachments:
        mail.attach(part["name"], part["body"], part["type"])
    return mail
