"""Links that let one person take their place. The token is in the message alone; we keep its hash."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable
from enum import StrEnum

from django.db import transaction

from mentoring import clock
from mentoring.accounts.domain.people import account_of
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.notices.domain.outbox import cancel_messages, notify
from mentoring.tenancy.models import Membership
from mentoring.tenancy.scope import current_organisation
from mentoring.ui.dates import day
from programmes.domain.links import link
from programmes.domain.states import Step, WrongStep, may, take_step
from programmes.models import Invitation, Participant

LASTS = dt.timedelta(days=7)
AT_ONCE = 500
"""So many invitations are written while the coordinator waits; for more they ask again."""


class Unusable(StrEnum):
    """Why a link leads nowhere."""

    UNKNOWN = "unknown"
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"


class InvitationUnusable(Exception):
    """A link that cannot be used. ``invitation`` is there unless it is unknown."""

    def __init__(self, reason: Unusable, invitation: Invitation | None = None) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.invitation = invitation


@transaction.atomic
def invite_person(*, person: Participant, actor: User) -> Invitation:
    """Send somebody their link; earlier ones stop working. Every sending is an occasion of its own.

    Raises ``WrongStep`` for somebody who is not taken on, or has joined.
    """
    take_step(person, Step.INVITE)
    revoke_invitations(person=person)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        participant=person, email=person.email, token_hash=token_hash(token), expires_at=clock.now() + LASTS
    )
    _send(invitation, person, token, actor)
    record_event("person.invited", person, actor=actor, name=person.name)
    return invitation


@transaction.atomic
def invite_people(*, people: Iterable[Participant], actor: User) -> int:
    """Invite everybody of ``people`` who may be invited now, ``AT_ONCE`` at most. Returns how many."""
    count = 0
    for person in people:
        if count < AT_ONCE and may(Step.INVITE, person):
            try:
                invite_person(person=person, actor=actor)
            except WrongStep:  # somebody else was faster
                continue
            count += 1
    return count


def revoke_invitations(*, person: Participant) -> None:
    """Stop every link of a person that was not used, and hold back messages that have not gone out."""
    for invitation in Invitation.objects.filter(participant=person, used_at=None, revoked_at=None):
        Invitation.objects.filter(pk=invitation.pk).update(revoked_at=clock.now())
        cancel_messages(about=invitation)


def usable_invitation(token: str) -> Invitation:
    """The invitation behind a link. Raises ``InvitationUnusable``. Looking changes nothing: scanners look at every link."""
    found = (
        Invitation.objects.filter(token_hash=token_hash(token))
        .select_related("participant__cohort__programme__handbook", "participant__partner", "participant__membership")
        .first()
    )
    if found is None:
        raise InvitationUnusable(Unusable.UNKNOWN)
    if found.used_at is not None:
        raise InvitationUnusable(Unusable.USED, found)
    if found.revoked_at is not None or not may(Step.JOIN, found.participant):
        raise InvitationUnusable(Unusable.REVOKED, found)
    if found.expires_at <= clock.now():
        raise InvitationUnusable(Unusable.EXPIRED, found)
    return found


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _send(invitation: Invitation, person: Participant, token: str, actor: User) -> None:
    cohort = person.cohort
    notify(
        "programmes.invitation",
        _recipient(person.email),
        about=invitation,
        occasion=str(invitation.pk),
        context={
            "name": person.short_name,
            "programme": cohort.programme.title,
            "cohort": cohort.title,
            "side": person.side,
            "by": actor.name,
            "by_email": actor.email,
            "until": day(invitation.expires_at.astimezone(_zone(person)).date()),
            "action_url": link("programmes:join", token),
            "organisation_name": current_organisation().name,
        },
    )


def _recipient(email: str) -> User | str:
    """A member's account, or the address as it was written: who has an account elsewhere is nobody's business here."""
    found = account_of(email)
    known = (
        found and Membership.objects.filter(organisation=current_organisation(), user=found, typed_address="").exists()
    )
    return found if found is not None and known else email


def _zone(person: Participant) -> dt.tzinfo:
    from mentoring.accounts.middleware import zone_or_utc

    return zone_or_utc(person.zone)
