"""The hours that somebody has spent in sessions that were held: theirs to show, and offered to nobody else."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pairs.domain.instants import local_day
from pairs.domain.people import members_prefetch, people_of
from pairs.domain.queries import sessions_of
from pairs.enums import SessionState
from pairs.models import Pairing
from programmes.models import Participant


@dataclass(frozen=True)
class Held:
    """One session that somebody was part of."""

    on: dt.date
    """On their own calendar."""
    minutes: int


def sessions_held(participant: Participant) -> list[Held]:
    """The held sessions of everything they were paired in from this place, oldest first. Whom they met is not among it."""
    rows = Pairing.objects.filter(members__participant=participant).distinct()
    pairings = rows.select_related("cohort").prefetch_related(members_prefetch())
    return sorted((held for pairing in pairings for held in _held_in(pairing, participant)), key=lambda one: one.on)


def _held_in(pairing: Pairing, participant: Participant) -> Iterable[Held]:
    person = next(one for one in people_of(pairing).everyone if one.participant.pk == participant.pk)
    for session in sessions_of(pairing, person).filter(state=SessionState.HELD):
        if session.starts_at is not None and person.was_here(session.starts_at):
            yield Held(local_day(session.starts_at, person.zone), session.held_minutes or session.minutes)


def hours(sessions: Iterable[Held]) -> Decimal:
    """Their length together, in hours."""
    return (Decimal(sum(one.minutes for one in sessions)) / 60).quantize(Decimal("0.01"))
