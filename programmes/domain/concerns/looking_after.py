"""The tick: concerns that nobody has acknowledged go to a second person too, and those without a lead to whoever is named."""

import datetime as dt

from django.db import transaction

from mentoring import clock
from mentoring.history.domain import record_event
from programmes.domain.concerns.queries import reading_leads
from programmes.domain.concerns.raising import due_at, give
from programmes.domain.concerns.routing import Route, route_for
from programmes.domain.concerns.telling import tell_mailbox, tell_raiser
from programmes.enums import ConcernState, HeldAs
from programmes.models import Concern

ANYHOW = dt.timedelta(days=1)
"""As long as a concern is open somebody must have it: leads leave without anybody thinking of this."""


def look_after(now: dt.datetime) -> dt.datetime | None:
    """Do it for every concern of the open organisation that is not closed; answers when the next one is due."""
    open_ones = Concern.objects.exclude(state=ConcernState.CLOSED).select_related(
        "participant__cohort__programme__handbook", "participant__membership__user", "about__user"
    )
    for concern in open_ones:
        with transaction.atomic():
            _look_after(concern, now)
    if not open_ones.exists():
        return None
    waiting = open_ones.filter(state=ConcernState.RAISED, escalated_at=None)
    return min([*(due_at(concern) for concern in waiting), now + ANYHOW])


def _look_after(concern: Concern, now: dt.datetime) -> None:
    route = route_for(concern.participant, concern.about)
    if not reading_leads(concern):
        _hand_over(concern, route)
    is_late = concern.state == ConcernState.RAISED and concern.escalated_at is None and due_at(concern) <= now
    if is_late and Concern.objects.filter(pk=concern.pk, escalated_at=None, state=ConcernState.RAISED).update(
        escalated_at=now
    ):
        _escalate(concern, route)


def _hand_over(concern: Concern, route: Route) -> None:
    """Nobody has it who may read it: the first of the chain gets it, and who raised it learns that somebody else does."""
    lead = route.first
    if lead is not None and give(concern, lead, "handed"):
        record_event("concern.handed_over", concern, actor=None)
        tell_raiser(concern, "handed", occasion=f"{concern.pk}:handed:{clock.now().isoformat()}")


def _escalate(concern: Concern, route: Route) -> None:
    """The next of the chain gets it too; where there is nobody, the mailbox hears that something waits."""
    record_event("concern.escalated", concern, actor=None)
    for lead in route.chain:
        if give(concern, lead, "second", held_as=HeldAs.SECOND):
            tell_raiser(concern, "second", occasion=f"{concern.pk}:second:{concern.raised_at.isoformat()}")
            return
    tell_mailbox(concern, route.mailbox)
