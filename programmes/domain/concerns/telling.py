"""The messages about concerns. Who reads over a shoulder learns neither what it is nor whom it is about."""

from mentoring.accounts.models import User
from mentoring.notices.domain.outbox import notify
from programmes.domain.concerns.queries import reading_leads
from programmes.domain.links import link
from programmes.models import Concern


def tell_lead(concern: Concern, user: User, why: str, *, occasion: str) -> None:
    """Tell a lead that something waits for them. ``why``: ``raised``, ``second``, ``handed`` or ``more``."""
    _notify("programmes.concern_for_lead", concern, user, why, occasion)


def tell_leads(concern: Concern, why: str, *, occasion: str) -> None:
    """Tell every lead who reads it."""
    for row in reading_leads(concern):
        tell_lead(concern, row.membership.user, why, occasion=occasion)


def tell_raiser(concern: Concern, why: str, *, occasion: str) -> None:
    """Tell who raised it that something happened with it."""
    membership = concern.participant.membership
    if membership is not None:
        _notify("programmes.concern_moved", concern, membership.user, why, occasion)


def tell_mailbox(concern: Concern, address: str) -> None:
    """Tell the programme's mailbox that something waits for a lead to be named; nothing else stands in it."""
    programme = concern.participant.cohort.programme
    context = {"programme": programme.title, "action_url": link("programmes:team", programme.slug)}
    if address:
        occasion = f"{concern.pk}:mailbox:{concern.raised_at.isoformat()}"
        notify("programmes.concern_waits", address, about=concern, occasion=occasion, context=context)


def _notify(kind: str, concern: Concern, user: User, why: str, occasion: str) -> None:
    programme = concern.participant.cohort.programme
    context = {"programme": programme.title, "why": why, "action_url": link("programmes:concern", concern.pk)}
    notify(kind, user, about=concern, occasion=occasion, context=context)
