"""Making a claim, sending it, deciding on it. Messages say that there is something and name no sum."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.notices.domain.outbox import notify
from programmes.domain.expenses.queries import is_own, looked_after, may_claim
from programmes.domain.expenses.states import WAYS, Step, WrongStep, transition
from programmes.domain.issues import receivers_of
from programmes.domain.links import link
from programmes.domain.roles import roles_for
from programmes.enums import ClaimState
from programmes.models import Claim, ClaimLine, Participant
from templates_app.domain.file_kinds import look_at

MOST_LINES = 50


class NotTheirs(Exception):
    """The step is not open to this person."""


class NothingClaimed(Exception):
    """A claim without a single expense is not sent."""


class NoReason(Exception):
    """Whoever declines says why."""


class TooMany(Exception):
    """The claim holds as many expenses as it can."""


@transaction.atomic
def begin_claim(*, person: Participant, actor: User) -> Claim:
    """A claim to fill; the one that is empty still, where there is one. Raises ``NotTheirs``."""
    if person.pk not in roles_for(actor).participants or not may_claim(person):
        raise NotTheirs
    empty = Claim.objects.filter(participant=person, state=ClaimState.DRAFT, lines=None).first()
    return empty or Claim.objects.create(participant=person)


@transaction.atomic
def add_line(
    *,
    claim: Claim,
    spent_on: dt.date,
    kind: str,
    what: str,
    amount: Decimal,
    currency: str,
    receipt: UploadedFile | None,
    actor: User,
) -> ClaimLine:
    """Add an expense to a draft. Raises ``AnswerFault`` for a file that is not taken, ``WrongStep`` once the claim is sent,
    ``NotTheirs`` and ``TooMany``.
    """
    _hold_draft(claim, actor)
    if claim.lines.count() >= MOST_LINES:
        raise TooMany
    file = look_at(None, receipt) if receipt else None
    return ClaimLine.objects.create(
        claim=claim,
        spent_on=spent_on,
        kind=kind,
        what=what,
        amount=amount,
        currency=currency,
        receipt_name=file.name if file else "",
        receipt_type=file.kind.content_type if file else "",
        receipt=file.content if file else None,
    )


@transaction.atomic
def remove_line(*, line: ClaimLine, actor: User) -> None:
    """Take an expense out of a draft. Raises ``WrongStep`` and ``NotTheirs``."""
    _hold_draft(line.claim, actor)
    line.delete()


def _hold_draft(claim: Claim, actor: User) -> None:
    if not is_own(actor, claim):
        raise NotTheirs
    if not Claim.objects.select_for_update().filter(pk=claim.pk, state=ClaimState.DRAFT).exists():
        raise WrongStep


@transaction.atomic
def take_step(*, claim: Claim, step: Step, actor: User, reason: str = "") -> None:
    """Take a claim on by one step, and tell the other side. Raises ``NotTheirs``, ``NothingClaimed``, ``NoReason`` and
    ``WrongStep``.
    """
    own = is_own(actor, claim)
    if WAYS[step].is_own is not own or not (own or looked_after(actor).filter(pk=claim.pk).exists()):
        raise NotTheirs
    if step is Step.SEND and not claim.lines.exists():
        raise NothingClaimed
    if step is Step.DECLINE and not reason.strip():
        raise NoReason
    transition(claim, step, **_set_by(step, actor, reason))
    record_event(f"expenses.{claim.state}", claim, actor=actor)
    _tell(claim, step)


def _set_by(step: Step, actor: User, reason: str) -> dict[str, Any]:
    now = clock.now()
    match step:
        case Step.SEND:
            return {"sent_at": now}
        case Step.APPROVE | Step.DECLINE:
            return {"decided_at": now, "decided_by": actor, "reason": reason if step is Step.DECLINE else ""}
        case Step.PAY:
            return {"paid_at": now}
    return {"sent_at": None, "decided_at": None, "decided_by": None, "reason": ""}


def _tell(claim: Claim, step: Step) -> None:
    """The coordinators hear of a claim that is sent, who made it of what was decided."""
    membership = claim.participant.membership
    if step is Step.SEND:
        readers = receivers_of(claim.participant)
    else:
        readers = [] if WAYS[step].is_own or membership is None else [membership.user]
    context = {
        "programme": claim.participant.cohort.programme.title,
        "why": step.value,
        "action_url": link("programmes:claim", claim.pk),
    }
    for user in readers:
        occasion = f"{claim.pk}:{step}:{clock.now().isoformat()}"
        notify("programmes.expenses", user, about=claim, occasion=occasion, context=context)
