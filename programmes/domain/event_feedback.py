"""How an event was: those who were there say so in a short form, those who planned it read it (``phase1.must.17``).

Everybody has a week from the day on which it is noted who was there, and sends the form once. Figures wait until that week is
over, and are shown of ``SMALLEST_GROUP`` answers or more: they never change while somebody looks, so two looks tell nobody's
answer. Words without names wait with them; words with names are read at once, as the form says. No history says who has answered.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.notices.domain.outbox import notify
from mentoring.notices.models import Message
from mentoring.tenancy.swapping import swap
from programmes.domain.links import link
from programmes.domain.queries import own_participations
from programmes.domain.roles import roles_for
from programmes.enums import AsksGuests, ParticipantState
from programmes.models import Gathering, GatheringFeedback, Guest
from templates_app.domain.counting import SMALLEST_GROUP

KIND = "programmes.gathering_feedback"
OPEN_FOR = dt.timedelta(days=7)
SCALE = {
    1: _("not useful"),
    2: _("of little use"),
    3: _("fairly useful"),
    4: _("useful"),
    5: _("very useful"),
}
"""What the form asks to choose from."""


class NotAsked(Exception):
    """They were not there, have said it before, or the week is over."""


@dataclass(frozen=True)
class Spoken:
    """What somebody wrote, with their name where the event keeps it."""

    words: str
    name: str = ""


@dataclass(frozen=True)
class HowItWas:
    """What came of asking. ``figures``: how many chose each step of ``SCALE``; ``None`` while they are not shown."""

    asked: int
    answered: int
    until: dt.datetime
    is_over: bool
    figures: list[int] | None
    spoken: list[Spoken]


def ask_guests(gathering: Gathering) -> None:
    """Ask those who were there, once each. The first time the week begins; whoever is noted after it is not asked."""
    if gathering.asks == AsksGuests.NOBODY:
        return
    until = max(clock.now(), gathering.ends_at) + OPEN_FOR
    if not swap(gathering, Gathering.objects.filter(asks_until=None), asks_until=until):
        gathering.refresh_from_db(fields=["asks_until"])
    if gathering.asks_until is None or gathering.asks_until <= clock.now():
        return
    there = Guest.objects.filter(gathering=gathering, attended=True, said_how_it_was=False)
    there = there.filter(participant__state=ParticipantState.JOINED).exclude(participant__membership=None)
    for guest in there.select_related("participant__membership__user").order_by("pk"):
        _ask(gathering, guest)


def _ask(gathering: Gathering, guest: Guest) -> None:
    assert guest.participant.membership is not None
    context = {
        "title": gathering.title,
        "programme": gathering.cohort.programme.title,
        "action_url": link("programmes:gathering_feedback", gathering.pk),
    }
    when, user = max(clock.now(), gathering.ends_at), guest.participant.membership.user
    notify(KIND, user, about=gathering, occasion=str(guest.pk), context=context, not_before=when)


def still_asked(message: Message) -> bool:
    """Check at the moment of sending: they are still noted as having been there, and have not said it meanwhile."""
    guest = Guest.objects.select_related("gathering").filter(pk=message.occasion).first()
    return guest is not None and is_asked(guest)


def is_asked(guest: Guest) -> bool:
    """Whether somebody may say now how it was."""
    event = guest.gathering
    if not guest.attended or guest.said_how_it_was or event.asks == AsksGuests.NOBODY or event.asks_until is None:
        return False
    return event.ends_at <= clock.now() < event.asks_until


def asked_of(user: User) -> set[UUID]:
    """The events of which somebody may say now how they were. One query."""
    found = Guest.objects.filter(participant__in=own_participations(user), attended=True, said_how_it_was=False)
    return {guest.gathering_id for guest in found.select_related("gathering") if is_asked(guest)}


@transaction.atomic
def say_how_it_was(*, guest: Guest, score: int, words: str, actor: User) -> None:
    """Say it, from 1 to 5 and in words, once. Where words stand without names, nothing that is kept leads from them to a guest.

    Raises ``NotAsked``.
    """
    if guest.participant_id not in roles_for(actor).participants or not is_asked(guest):
        raise NotAsked
    if not swap(guest, Guest.objects.filter(attended=True, said_how_it_was=False), said_how_it_was=True):
        raise NotAsked
    named = guest if guest.gathering.asks == AsksGuests.NAMED else None
    GatheringFeedback.objects.create(gathering=guest.gathering, guest=named, score=score, words=words)


def how_it_was_for(user: User, gathering: Gathering) -> HowItWas | None:
    """What came of asking, for the programme's coordinators; ``None`` for anybody else, and where nobody was asked."""
    if gathering.asks_until is None or not roles_for(user).coordinates(gathering.cohort.programme_id):
        return None
    rows = list(GatheringFeedback.objects.filter(gathering=gathering).select_related("guest__participant"))
    is_over = gathering.asks_until <= clock.now()
    shown = is_over and len(rows) >= SMALLEST_GROUP
    read = rows if shown else [row for row in rows if row.guest_id is not None]
    spoken = [Spoken(row.words, row.guest.participant.name if row.guest else "") for row in read if row.words]
    return HowItWas(
        asked=gathering.guests.filter(attended=True).count(),
        answered=len(rows),
        until=gathering.asks_until,
        is_over=is_over,
        figures=[sum(row.score == step for row in rows) for step in SCALE] if shown else None,
        spoken=sorted(spoken, key=lambda one: (one.name, one.words.casefold())),
    )
