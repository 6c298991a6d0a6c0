"""What participants say about themselves: when they are away, how they learn best, that they know what mentoring is."""

import datetime as dt

from django.db import transaction

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from programmes.models import Away, Participant


@transaction.atomic
def add_away(*, person: Participant, starts_on: dt.date, ends_on: dt.date, actor: User) -> Away:
    """Note a period away, both days included, in their own zone (``plp.sys.105``). Raises ``ValueError`` for a turned one."""
    if ends_on < starts_on:
        raise ValueError("A period ends on or after the day it begins.")
    away = Away.objects.create(participant=person, starts_on=starts_on, ends_on=ends_on)
    record_event("away.changed", person, actor=actor, name=person.name)
    return away


@transaction.atomic
def remove_away(*, away: Away, actor: User) -> None:
    """Take a period away out again."""
    record_event("away.changed", away.participant, actor=actor, name=away.participant.name)
    away.delete()


@transaction.atomic
def say_learning_style(*, person: Participant, words: str, actor: User) -> None:
    """Keep how somebody learns best; their mentoring partner reads it (``plp.sys.104``)."""
    if words == person.learning_style:
        return
    person.learning_style = words
    person.save(update_fields=["learning_style"])
    record_event("learning_style.changed", person, actor=actor, name=person.name)


@transaction.atomic
def mark_oriented(*, person: Participant, actor: User) -> None:
    """Note that they read what mentoring is and is not, before their first session (``plp.sys.05``). Once."""
    now = clock.now()
    if Participant.objects.filter(pk=person.pk, oriented_at=None).update(oriented_at=now):
        person.oriented_at = now
        record_event("person.oriented", person, actor=actor, name=person.name)
