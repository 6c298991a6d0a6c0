"""Account mail (sign-in codes, password links): sent at once, past the outbox, never held up by an organisation."""

import contextlib
import logging
import smtplib
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string

log = logging.getLogger(__name__)


class NoSuchAddress(ValueError):
    """No mail can be addressed like this, although it looks like an address."""


def send_account_mail(template_prefix: str, email: str, context: dict[str, Any]) -> bool:
    """Render allauth's templates and send. False when the mail server cannot be reached; nothing of it is logged.

    Raises ``NoSuchAddress`` for a domain that cannot be written for a mail server (RFC 5890).
    """
    subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", context).split())
    text = render_to_string(f"{template_prefix}_message.txt", context).strip() + "\n"
    mail = EmailMultiAlternatives(subject=subject, body=text, to=[email])
    with contextlib.suppress(TemplateDoesNotExist):
        mail.attach_alternative(render_to_string(f"{template_prefix}_message.html", context), "text/html")
    try:
        mail.send()
    except (OSError, smtplib.SMTPException) as fault:
        log.warning("Account mail could not be sent: %s", type(fault).__name__)
        return False
    except UnicodeError as fault:
        raise NoSuchAddress from fault
    return True
