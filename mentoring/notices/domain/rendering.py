"""A message as people read it: subject, text and HTML in the recipient's language."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import timezone, translation

from mentoring.accounts.middleware import zone_or_utc
from mentoring.notices.kinds import kind_named
from mentoring.notices.models import Message


@dataclass(frozen=True)
class Rendered:
    """What goes out. No line break can enter the subject."""

    subject: str
    text: str
    html: str


def render_message(message: Message) -> Rendered:
    """Render the message from its template and its kept context. Raises ``KeyError`` for a kind that is declared no more."""
    template = f"mail/{kind_named(message.kind).template}"
    context = _context(message)
    with _as_recipient(message):
        subject = _plain(f"{template}.subject.txt", context)
        text = _plain(f"{template}.txt", context)
        html = render_to_string(f"{template}.html", context)
    return Rendered(_one_line(subject), text.strip() + "\n", html)


def subject_of(message: Message) -> str:
    """The subject alone, for lists. Raises ``KeyError`` for a kind that is declared no more."""
    with _as_recipient(message):
        return _one_line(_plain(f"mail/{kind_named(message.kind).template}.subject.txt", _context(message)))


def _context(message: Message) -> dict[str, Any]:
    return {
        **message.context,
        "organisation": message.organisation,
        "recipient_name": message.recipient.short_name if message.recipient else "",
        "site_url": settings.SITE_URL,
        "site_name": settings.SITE_NAME,
        "group": kind_named(message.kind).group,
        "preferences_url": f"{settings.SITE_URL}/me/",
    }


@contextmanager
def _as_recipient(message: Message) -> Iterator[None]:
    """The recipient's language and clock, whoever asks."""
    zone = zone_or_utc(message.recipient.zone if message.recipient else message.organisation.zone)
    with translation.override(message.language), timezone.override(zone):
        yield


def _plain(name: str, context: dict[str, Any]) -> str:
    """Text is not HTML: an apostrophe in a name stays one."""
    return get_template(name).template.render(Context(context, autoescape=False))  # type: ignore[attr-defined]


def _one_line(text: str) -> str:
    return " ".join(text.split())
