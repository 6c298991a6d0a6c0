"""Raising a concern, writing in it, and taking it from step to step. Messages say that there is something, and nothing of it."""

import datetime as dt
from typing import Any

from django.db import transaction

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.tenancy.models import Membership
from mentoring.work.domain import wake
from programmes.domain.concerns.queries import is_lead_of
from programmes.domain.concerns.routing import Lead, route_for, rules_of
from programmes.domain.concerns.states import WAYS, Step, transition
from programmes.domain.concerns.telling import tell_lead, tell_leads, tell_mailbox, tell_raiser
from programmes.domain.roles import roles_for
from programmes.enums import ConcernState, HeldAs, Side
from programmes.models import Concern, ConcernLead, ConcernNote, Participant, Programme

WORK = "concerns"


class NobodyToTell(Exception):
    """No lead is named whom it could reach, and no mailbox: it would reach nobody."""


class NotTheirs(Exception):
    """Only who raised a concern, or a lead of it, may do this."""


class ClosedConcern(Exception):
    """A closed concern is opened again before anybody writes in it."""


def asks_told(person: Participant) -> bool:
    """Whether this person is asked if their mentee has been told beforehand."""
    return rules_of(person.cohort.programme).tell_first and person.side == Side.MENTOR


@transaction.atomic
def raise_concern(
    *,
    person: Participant,
    text: str,
    actor: User,
    about: Membership | None = None,
    answers: dict[str, Any] | None = None,
    ask_theirs: bool = False,
) -> Concern:
    """Raise a concern with the lead it goes to, and with the lead of whom it is about where ``ask_theirs`` says so.

    ``answers``: ``kind``, and about telling first ``told`` (``yes`` or ``no``), ``told_on``, ``why_not``. Raises
    ``NotTheirs`` for anybody but the person, and ``NobodyToTell``.
    """
    if person.pk not in roles_for(actor).participants or not rules_of(person.cohort.programme).offered:
        raise NotTheirs
    route = route_for(person, about)
    if not route.leads_somewhere:
        raise NobodyToTell
    concern = Concern.objects.create(
        participant=person, about=about, text=text, answers=answers or {}, raised_at=clock.now()
    )
    record_event("concern.raised", concern, actor=None)
    if route.first is None:
        tell_mailbox(concern, route.mailbox)
    wanted = [route.first, route.theirs if ask_theirs else None]
    for lead in wanted:
        if lead is not None:
            give(concern, lead, "raised")
    wake(WORK, at=due_at(concern))
    return concern


def give(concern: Concern, lead: Lead, why: str, *, held_as: HeldAs | None = None) -> bool:
    """Give a concern to a lead and tell them; False when they have it already and read it."""
    if is_lead_of(lead.membership.user, concern):
        return False
    defaults = {"held_as": held_as or lead.held_as, "partner": lead.partner}
    ConcernLead.objects.update_or_create(concern=concern, membership=lead.membership, defaults=defaults)
    tell_lead(concern, lead.membership.user, why, occasion=f"{concern.pk}:{why}:{clock.now().isoformat()}")
    return True


def due_at(concern: Concern) -> dt.datetime:
    """Until when it should have been acknowledged."""
    return concern.raised_at + dt.timedelta(days=rules_of(concern.participant.cohort.programme).acknowledge_days)


@transaction.atomic
def write_note(*, concern: Concern, text: str, actor: User, share: bool = False) -> ConcernNote:
    """Write in a concern. A lead's note is for the leads, and with ``share`` for who raised it too; what who raised it adds
    is for both. Raises ``NotTheirs`` and ``ClosedConcern``.
    """
    is_own = concern.participant_id in roles_for(actor).participants
    if not is_own and not is_lead_of(actor, concern):
        raise NotTheirs
    if not Concern.objects.select_for_update().filter(pk=concern.pk).exclude(state=ConcernState.CLOSED).exists():
        raise ClosedConcern
    note = ConcernNote.objects.create(concern=concern, author=actor, text=text, is_shared=share or is_own)
    record_event("concern.noted", concern, actor=None)
    if is_own:
        tell_leads(concern, "more", occasion=str(note.pk))
    elif share:
        tell_raiser(concern, "answered", occasion=str(note.pk))
    return note


@transaction.atomic
def take_step(*, concern: Concern, step: Step, actor: User) -> None:
    """Take a concern on by one step. Raises ``NotTheirs`` for who may not, and ``WrongStep``."""
    by_lead = WAYS[step].by_lead
    is_own = concern.participant_id in roles_for(actor).participants
    if by_lead is is_own or (by_lead and not is_lead_of(actor, concern)):
        raise NotTheirs
    transition(concern, step)
    record_event(f"concern.{concern.state}", concern, actor=None)
    occasion = f"{concern.pk}:{step}:{clock.now().isoformat()}"
    if by_lead:
        tell_raiser(concern, step, occasion=occasion)
    else:
        tell_leads(concern, "raised", occasion=occasion)
        wake(WORK, at=due_at(concern))


def leads_changed(programme: Programme) -> None:
    """Have concerns looked at after somebody became or ceased to be a lead. In the transaction that changed it."""
    if Concern.objects.filter(participant__cohort__programme=programme).exclude(state=ConcernState.CLOSED).exists():
        wake(WORK, at=clock.now())
