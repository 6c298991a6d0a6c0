"""A reminder as somebody would get it, before the handbook says so."""

from django.utils.translation import gettext as _

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from mentoring.ui import dates
from pairs.domain.instants import local_day
from pairs.domain.reminders import fill
from programmes.domain.handbook.previews import Preview
from programmes.domain.handbook.words import OWED
from programmes.models import Programme


def reminder_as_mail(programme: Programme, reader: User, owes: str, subject: str, text: str) -> Preview:
    """The mail that ``reader`` would get, in their own language; partner, date and link are made up. Nothing is sent."""
    day = dates.day(local_day(clock.now(), reader.zone))
    words = {
        "person": reader.short_name,
        "partner": _("your partner"),
        "coordinator": reader.name,
        "programme": programme.title,
        "item": str(dict(OWED).get(owes, owes)),
        "session": "3",
        "date": day,
        "time": "10:00",
        "link": "https://…",
    }
    message = Message(
        organisation=programme.organisation,
        kind="pairs.reminder",
        recipient=reader,
        language=reader.language,
        context={
            "subject": fill(subject, words),
            "text": fill(text, words),
            "title": words["item"],
            "due": day,
            "action_url": words["link"],
        },
    )
    mail = render_message(message)
    return Preview(mail.subject, mail.text)
