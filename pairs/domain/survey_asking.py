"""Asking people to fill in a survey that goes out by itself: one mail with the link when it opens, and never a second."""

import datetime as dt
from typing import Any

from mentoring.notices.domain.outbox import notify
from mentoring.notices.models import Message
from mentoring.ui import dates
from pairs.domain.instants import local_day
from pairs.domain.output_pages import page_path
from pairs.domain.people import Person, people_of
from pairs.domain.reminding import when_to_tell
from pairs.domain.surveys import goes_on, may_be_asked, next_look
from pairs.domain.telling import page_of
from pairs.models import Output
from templates_app.shapes import Reminder, Survey, Worksheet

NOTICE = "pairs.survey"


def ask(output: Output, survey: Survey, sheet: Worksheet | None, rule: Reminder | None, now: dt.datetime) -> None:
    """Ask the one who owes it, and set when they are reminded. Of two ticks at once the second finds that it was done.

    Who cannot be asked (no account, left the organisation, the cohort closed before the pair was over) is not reminded.
    """
    people = people_of(output.pairing)
    person = people.member(output.member_id)
    planned = output.next_reminder_at
    asked = may_be_asked(person) and goes_on(survey, output.pairing)
    output.asked_at = now if asked else None
    output.next_reminder_at = next_look(output, survey, rule, people.zones(output.member_id), now) if asked else None
    taken = Output.objects.filter(
        pk=output.pk, next_reminder_at=planned, asked_at=None, done_at=None, cancelled_at=None
    ).update(asked_at=output.asked_at, next_reminder_at=output.next_reminder_at)
    if taken and asked and person is not None:
        _invite(output, survey, sheet, person, planned or now, now)


def _invite(
    output: Output, survey: Survey, sheet: Worksheet | None, person: Person, planned: dt.datetime, now: dt.datetime
) -> None:
    assert person.user is not None
    context: dict[str, Any] = {
        "action_url": page_of(*page_path(output)),
        "programme": output.pairing.cohort.programme.title,
        "title": output.title,
        "minutes": sheet.minutes if sheet else None,
        "due": dates.day(local_day(output.due_at, person.zone)) if output.due_at else "",
        "anonymous": survey.anonymous,
        "quotes": survey.quotes is not None,
        "required": survey.required,
    }
    not_before = when_to_tell(now, planned, person.zone)
    notify(NOTICE, person.user, about=output, occasion=str(output.pk), context=context, not_before=not_before)


def is_still_asked(message: Message) -> bool:
    """Check at the moment of sending: it is still open, and its person still belongs to the organisation."""
    rows = Output.objects.select_related("pairing", "member__participant__membership")
    output = rows.filter(pk=message.subject_id).first()
    if output is None or not output.is_open or output.member is None:
        return False
    membership = output.member.participant.membership
    return membership is not None and membership.is_active
