"""Events of a cohort: planned by a coordinator, answered by the guests (``plp.sys.06``)."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.notices.domain.outbox import notify
from mentoring.ui.dates import moment
from programmes.domain.calendar import calendar_file
from programmes.domain.links import link
from programmes.domain.places import GatheringOver, move_up, say_whether_one_comes
from programmes.enums import GuestAnswer, ParticipantState
from programmes.models import Cohort, Gathering, Guest, Participant, Programme

__all__ = [
    "DETAILS",
    "GatheringOver",
    "answer_gathering",
    "cancel_gathering",
    "change_gathering",
    "invite_guests",
    "kinds_of",
    "plan_gathering",
]

DETAILS = {"kind", "places", "is_open", "module", "asks"}

KINDS = (_("Webinar"), _("Workshop"), _("Group session"), _("Networking"), _("Meeting"))
"""What an event may be called until a programme has words of its own (``phase1.arch.6.c``)."""


@transaction.atomic
def plan_gathering(
    *,
    cohort: Cohort,
    title: str,
    text: str,
    starts_at: dt.datetime,
    minutes: int,
    zone: str,
    place: str,
    people: Iterable[Participant],
    actor: User,
    **details: Any,
) -> Gathering:
    """Plan an event and invite people of the cohort who have joined, by e-mail with a calendar file.

    ``details``: ``kind`` (in words), ``places``, ``is_open``, ``module`` (the training that it completes) and ``asks`` (whether
    guests say afterwards how it was), where they are given.
    """
    gathering = Gathering.objects.create(
        **_details(details),
        cohort=cohort,
        title=title,
        text=text,
        starts_at=starts_at,
        minutes=minutes,
        zone=zone,
        place=place,
        created_by=actor,
    )
    record_event("gathering.planned", gathering, actor=actor, within=cohort)
    invite_guests(gathering=gathering, people=people, actor=actor)
    return gathering


@transaction.atomic
def invite_guests(*, gathering: Gathering, people: Iterable[Participant], actor: User) -> int:
    """Invite further people; who is invited already gets nothing again. Returns how many were new."""
    _refuse_over(gathering)
    known = set(Guest.objects.filter(gathering=gathering).values_list("participant_id", flat=True))
    new = [
        person
        for person in people
        if person.pk not in known
        and person.cohort_id == gathering.cohort_id
        and person.state == ParticipantState.JOINED
        and person.membership is not None
    ]
    Guest.objects.bulk_create([Guest(gathering=gathering, participant=person) for person in new])
    for person in new:
        _send(gathering, person, actor)
    return len(new)


@transaction.atomic
def change_gathering(
    *,
    gathering: Gathering,
    title: str,
    text: str,
    starts_at: dt.datetime,
    minutes: int,
    zone: str,
    place: str,
    actor: User,
    people: Iterable[Participant] = (),
    **details: Any,
) -> None:
    """Change an event; every guest gets the new invitation, and answers afresh when the time has changed.

    ``people`` who are no guests yet are invited to it as it is then. All of it happens or nothing: nobody hears of a
    change that was not kept. Where there are more places now, who waits first moves up. Raises ``GatheringOver``.
    """
    _refuse_over(gathering)
    moved = (starts_at, minutes) != (gathering.starts_at, gathering.minutes)
    values = {"title": title, "text": text, "place": place, "starts_at": starts_at, "minutes": minutes, "zone": zone}
    _write(gathering, **values, **_details(details))
    if moved:
        Guest.objects.filter(gathering=gathering).update(answer=GuestAnswer.OPEN, answered_at=None)
    for person in _guests(gathering):
        _send(gathering, person, actor)
    record_event("gathering.changed", gathering, actor=actor, within=gathering.cohort)
    invite_guests(gathering=gathering, people=people, actor=actor)
    move_up(gathering)


@transaction.atomic
def cancel_gathering(*, gathering: Gathering, actor: User) -> None:
    """Call an event off and take it out of the guests' calendars."""
    _refuse_over(gathering)
    _write(gathering, cancelled_at=clock.now())
    for person in _guests(gathering):
        _send(gathering, person, actor, cancelled=True)
    record_event("gathering.cancelled", gathering, actor=actor, within=gathering.cohort)


def kinds_of(programme: Programme) -> list[str]:
    """What to call an event: the programme's own words so far, then the usual ones that it has not used. One query."""
    rows = Gathering.objects.filter(cohort__programme=programme).exclude(kind="").order_by("kind")
    own = list(rows.values_list("kind", flat=True).distinct())
    used = {kind.casefold() for kind in own}
    return [*own, *(str(kind) for kind in KINDS if kind.casefold() not in used)]


def answer_gathering(*, guest: Guest, answer: str, actor: User) -> None:
    """Say whether an invited person comes. Raises ``GatheringOver``."""
    say_whether_one_comes(gathering=guest.gathering, person=guest.participant, answer=answer, actor=actor)
    guest.refresh_from_db(fields=["answer", "answered_at"])


def _write(gathering: Gathering, **values: Any) -> None:
    """Write and count the invitation on, unless it was called off meanwhile: then nothing brings it back."""
    standing = Gathering.objects.filter(pk=gathering.pk, cancelled_at=None)
    if not standing.update(sequence=F("sequence") + 1, **values):
        raise GatheringOver
    gathering.refresh_from_db(fields=["sequence", *values])


def _details(details: dict[str, Any]) -> dict[str, Any]:
    """What more an event may say, and nothing else. Raises ``TypeError``."""
    if unknown := set(details) - DETAILS:
        raise TypeError(f"An event has no {', '.join(sorted(unknown))}.")
    return details


def _refuse_over(gathering: Gathering) -> None:
    if gathering.cancelled_at is not None or gathering.starts_at <= clock.now():
        raise GatheringOver


def _guests(gathering: Gathering) -> list[Participant]:
    people = Participant.objects.filter(invited_to__gathering=gathering, state=ParticipantState.JOINED)
    return list(people.select_related("membership__user"))


def _send(gathering: Gathering, person: Participant, actor: User, *, cancelled: bool = False) -> None:
    assert person.membership is not None
    guest = person.membership.user
    kind = "programmes.gathering_cancelled" if cancelled else "programmes.gathering"
    method = "CANCEL" if cancelled else "REQUEST"
    notify(
        kind,
        guest,
        about=gathering,
        occasion=f"{gathering.pk}:{gathering.sequence}",
        context={
            "title": gathering.title,
            "when": moment(gathering.starts_at, guest.zone),
            "minutes": gathering.minutes,
            "place": gathering.place,
            "text": gathering.text,
            "changed": gathering.sequence > 0,
            "programme": gathering.cohort.programme.title,
            "by": actor.name,
            "action_url": link("programmes:my_gathering", gathering.pk),
        },
        attachments=[
            {
                "name": "cancel.ics" if cancelled else "invitation.ics",
                "type": f"text/calendar; method={method}; charset=utf-8",
                "body": calendar_file(gathering, guest, actor, cancelled=cancelled),
            }
        ],
    )
