"""Completing together: where the handbook asks everybody in a pairing, it is complete with the last yes (``gla.must.41``)."""

import datetime as dt

from django.db import transaction

from mentoring.accounts.models import User
from mentoring.clock import now
from pairs.domain.ending import closing_of, complete_by_all
from pairs.domain.instants import local_day
from pairs.domain.pairing_states import NotYours, WrongState
from pairs.domain.people import NotAMember, Person, member_of, people_of
from pairs.domain.telling import page_of, tell
from pairs.models import Pairing, PairingMember
from templates_app.shapes import Closing

ASKED_DAYS = 7
"""From so many days before the end they agreed on, those in a pairing are asked whether they finish or go on."""


def end_to_decide(pairing: Pairing, person: Person, closing: Closing) -> dt.date | None:
    """The agreed end about which this person is asked by now: finish, or go on by a new agreement (``cal.sys.82``)."""
    until = pairing.agreed_until
    if not closing.together or until is None or local_day(now(), person.zone) < until - dt.timedelta(days=ASKED_DAYS):
        return None
    return until


@transaction.atomic
def say_complete(*, pairing: Pairing, actor: User) -> bool:
    """Say for oneself that it is complete; the others are told. Returns whether it is now, by the last yes.

    Raises ``NotYours`` for anybody but those in it, and where the handbook does not ask them; ``WrongState`` once it has ended.
    """
    member = _own(pairing, actor)
    if member.complete_at is None:
        member.complete_at = now()
        member.save(update_fields=["complete_at"])
    people = people_of(pairing)
    open_yet = [person for person in people.present if person.member.pk != member.pk and not person.member.complete_at]
    if not open_yet:
        complete_by_all(pairing=pairing, actor=actor)
        return True
    occasion = f"complete-{member.pk}-{member.complete_at.isoformat()}"
    for person in open_yet:
        tell(
            "complete_said",
            person.member,
            about=pairing,
            occasion=occasion,
            link=page_of("pairs:finish", pairing.pk),
            by=member,
        )
    return False


@transaction.atomic
def unsay_complete(*, pairing: Pairing, actor: User) -> None:
    """Take one's own yes back while it goes on. Raises as ``say_complete``."""
    member = _own(pairing, actor)
    member.complete_at = None
    member.save(update_fields=["complete_at"])


def _own(pairing: Pairing, actor: User) -> PairingMember:
    """The actor's part in a pairing that its members complete, held until the end of the transaction."""
    held = Pairing.objects.select_for_update().get(pk=pairing.pk)
    if not held.is_active:
        raise WrongState
    try:
        member = member_of(pairing, actor)
    except NotAMember:
        raise NotYours from None
    if not closing_of(pairing).together:
        raise NotYours
    return PairingMember.objects.get(pk=member.pk)
