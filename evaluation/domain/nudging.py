"""A gentle reminder by a person: of one thing, in their name, and of the same thing at most once a day."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.history.models import Event
from mentoring.notices.domain.outbox import notify
from mentoring.ui import dates
from pairs.domain.instants import local_day
from pairs.domain.output_pages import page_path
from pairs.domain.outputs import standing
from pairs.domain.people import Person, people_of
from pairs.domain.reminding import good_hour
from pairs.domain.telling import page_of
from pairs.domain.wanted import title_words
from pairs.enums import Standing
from pairs.models import Output

NUDGED = "output.nudged"
AT_MOST_EVERY = dt.timedelta(days=1)


class RemindedAlready(Exception):
    """Somebody reminded of this within the last day: nobody is chased twice."""


class NothingToRemind(Exception):
    """What one would remind of is done, not open yet, or owed by somebody who has no account."""


@dataclass(frozen=True)
class Nudge:
    """What came of a reminder: to whom it goes, and who of them has switched reminders by mail off."""

    told: list[str]
    inbox_only: list[str]


@transaction.atomic
def nudge(*, output: Output, actor: User) -> Nudge:
    """Remind whoever owes an output, through the outbox, at a good hour on their own clock.

    Where the partner owes the same and is late with it too, both are reminded. Raises ``RemindedAlready`` and
    ``NothingToRemind``. Who may remind whom is the caller's to say.
    """
    now = clock.now()
    locked = Output.objects.select_for_update().filter(pairing=output.pairing_id)
    found = [row for row in locked if _is_wanted(row, output, now)]
    if not found:
        raise NothingToRemind
    recent = last_nudges([row.pk for row in found], since=now - AT_MOST_EVERY)
    fresh = [row for row in found if row.pk not in recent]
    if not fresh:
        raise RemindedAlready
    told = [one for row in fresh for one in _remind(row, output, actor, now)]
    if not told:
        raise NothingToRemind
    return Nudge([name for name, _by_mail in told], [name for name, by_mail in told if not by_mail])


def _is_wanted(row: Output, asked: Output, now: dt.datetime) -> bool:
    """The output itself while it is open, and the partner's own of the same where it is late."""
    how = standing(row, now)
    if row.pk == asked.pk:
        return how in {Standing.DUE, Standing.LATE}
    same = (row.kind, row.worksheet, row.moment) == (asked.kind, asked.worksheet, asked.moment)
    return same and how is Standing.LATE and standing(asked, now) is Standing.LATE


def _remind(row: Output, asked: Output, actor: User, now: dt.datetime) -> list[tuple[str, bool]]:
    """Queue the reminders of one output; the names of those who get it, and whether by mail."""
    people = people_of(asked.pairing)
    one = people.member(row.member_id)
    owing = [one] if one else people.present
    told = [
        (person.short_name, by_mail)
        for person in owing
        if (by_mail := _tell(row, asked, person, actor, now)) is not None
    ]
    if told:
        names = " & ".join(name for name, _by_mail in told)
        record_event(NUDGED, row, actor=actor, within=asked.pairing, at=now, title=row.title, names=names)
    return told


def _tell(row: Output, asked: Output, person: Person, actor: User, now: dt.datetime) -> bool | None:
    """Whether the message goes by mail; ``None`` when there is nobody to tell (or it is the actor themselves)."""
    if person.user is None or person.user == actor:
        return None
    due = dates.day(local_day(row.due_at, person.zone)) if row.due_at else ""
    page = page_of(*page_path(row))
    message = notify(
        "evaluation.reminder",
        person.user,
        about=row,
        occasion=f"nudge-{row.pk}-{now:%Y-%m-%dT%H:%M:%S.%f}",
        context={
            "action_url": page,
            "title": title_words(row.kind, row.title),
            "due": due,
            "is_late": standing(row, now) is Standing.LATE,
            "by": actor.name,
            "programme": asked.pairing.cohort.programme.title,
        },
        not_before=good_hour(now, person.zone),
    )
    return message is not None and message.by_mail


def last_nudges(outputs: Iterable[UUID], *, since: dt.datetime | None = None) -> dict[UUID, dt.datetime]:
    """When each of these outputs was last reminded of by a person. One query."""
    rows = Event.objects.filter(action=NUDGED, about_kind=Output._meta.label_lower, about_id__in=list(outputs))
    if since is not None:
        rows = rows.filter(at__gt=since)
    return dict(rows.order_by("at").values_list("about_id", "at"))
