"""The tick: who comes to an event is reminded at nine of the morning before, on their own clock (``phase1.must.17``)."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.notices.domain.outbox import notify
from mentoring.notices.models import Message
from mentoring.ui.dates import moment
from mentoring.work.domain import wake
from programmes.domain.links import link
from programmes.enums import GuestAnswer, ParticipantState
from programmes.models import Guest

WORK = "event-reminders"
KIND = "programmes.gathering_reminder"
MORNING = 9
AHEAD = dt.timedelta(days=2)
"""From nine in the morning to the last minute of the day after is less, also where clocks are changed."""


def reminder_at(starts_at: dt.datetime, zone: str) -> dt.datetime:
    """When somebody whose clock stands in ``zone`` is reminded of what begins at ``starts_at``, in UTC."""
    there = ZoneInfo(zone)
    day = starts_at.astimezone(there).date() - dt.timedelta(days=1)
    return dt.datetime.combine(day, dt.time(MORNING), there).astimezone(dt.UTC)


def plan_reminder(guest: Guest) -> None:
    """Have the tick look when a guest who comes is due to be reminded. In the transaction in which they said so."""
    wake(WORK, at=max(reminder_at(guest.gathering.starts_at, _user(guest).zone), clock.now()))


def remind_guests(now: dt.datetime) -> dt.datetime | None:
    """Remind everybody of the open organisation for whom it is time; answers when the next of them is due.

    Nobody is reminded twice: the message's occasion names the guest and the beginning. Who said that they come after that
    morning has it in mind.
    """
    later = []
    for guest in _coming().filter(gathering__starts_at__gt=now, gathering__starts_at__lte=now + AHEAD):
        at = reminder_at(guest.gathering.starts_at, _user(guest).zone)
        if at > now:
            later.append(at)
        elif guest.answered_at is not None and guest.answered_at < at:
            _remind(guest)
    return min(later, default=None)


def still_comes(message: Message) -> bool:
    """Check at the moment of sending: they still come, and it begins when the reminder says and has not begun."""
    guest = _coming().filter(pk=message.occasion.partition(":")[0]).first()
    return guest is not None and _occasion(guest) == message.occasion and guest.gathering.starts_at > clock.now()


def _coming() -> QuerySet[Guest]:
    standing = Guest.objects.filter(
        answer=GuestAnswer.COMING, participant__state=ParticipantState.JOINED, gathering__cancelled_at=None
    )
    related = ("gathering__cohort__programme", "participant__membership__user")
    return (
        standing.exclude(participant__membership=None).select_related(*related).order_by("gathering__starts_at", "pk")
    )


def _remind(guest: Guest) -> None:
    gathering, user = guest.gathering, _user(guest)
    notify(
        KIND,
        user,
        about=gathering,
        occasion=_occasion(guest),
        context={
            "title": gathering.title,
            "when": moment(gathering.starts_at, user.zone),
            "minutes": gathering.minutes,
            "place": gathering.place,
            "programme": gathering.cohort.programme.title,
            "action_url": link("programmes:my_gathering", gathering.pk),
        },
    )


def _occasion(guest: Guest) -> str:
    return f"{guest.pk}:{guest.gathering.starts_at.isoformat()}"


def _user(guest: Guest) -> User:
    assert guest.participant.membership is not None
    return guest.participant.membership.user
