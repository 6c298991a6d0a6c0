"""A mentor's place in the list: closed for a while, and open again."""

from django.db import transaction

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.tenancy.models import Partner
from programmes.domain.choosing.states import NotYours
from programmes.domain.choosing.terms import directory_of
from programmes.domain.roles import roles_for
from programmes.enums import Side
from programmes.models import Participant
from templates_app.domain.responses import answers_of
from templates_app.shapes import ShowIf


def may_pause(person: Participant, user: User) -> bool:
    """Whether this person may take that mentor out of the list and put them back: themselves, a coordinator, its keeper."""
    directory = directory_of(person.cohort)
    if directory is None or person.side != Side.MENTOR:
        return False
    roles = roles_for(user)
    own = "own" in directory.pauses and person.pk in roles.participants
    return own or ("coordinator" in directory.pauses and (_runs(person, user) or keeps_entry(person, user)))


def _runs(person: Participant, user: User) -> bool:
    return roles_for(user).coordinates(person.cohort.programme_id)


def keeps_entry(person: Participant, user: User) -> bool:
    """Whether this person keeps the list in which that mentor stands: the lead of their unit, where units keep lists.

    A mentor's own entry is theirs as a mentor's, not as a keeper's.
    """
    directory, roles = directory_of(person.cohort), roles_for(user)
    if directory is None or directory.units is None or person.side != Side.MENTOR or person.pk in roles.participants:
        return False
    return person.partner_id in roles.led.get(person.cohort.programme_id, frozenset())


@transaction.atomic
def pause_mentor(*, person: Participant, actor: User) -> None:
    """Take a mentor out of the list; what was asked of them before still waits for their answer. Raises ``NotYours``."""
    if not may_pause(person, actor):
        raise NotYours
    if _set(person, clock.now()):
        record_event("mentor.paused", person, actor=actor, name=person.name)


@transaction.atomic
def open_mentor(*, person: Participant, actor: User) -> None:
    """Put a mentor into the list again. Raises ``NotYours``."""
    if not may_pause(person, actor):
        raise NotYours
    if _set(person, None):
        record_event("mentor.opened", person, actor=actor, name=person.name)


def _set(person: Participant, at: object) -> bool:
    rows = Participant.objects.filter(pk=person.pk, paused_at__isnull=at is not None)
    changed = bool(rows.update(paused_at=at))
    if changed:
        person.paused_at = at  # type: ignore[assignment]
    return changed


def follow_unit(person: Participant) -> None:
    """Put a mentor into the list of the unit that their joining sheet names, now that it is sent."""
    directory = directory_of(person.cohort)
    if directory is None or directory.units is None or person.side != Side.MENTOR or person.enrolment is None:
        return
    key = answers_of(person.enrolment).get(directory.units.field)
    unit = Partner.objects.filter(key=key).first() if isinstance(key, str) else None
    if unit is not None:
        person.partner = unit
        person.save(update_fields=["partner"])


def follow_door(person: Participant) -> None:
    """Close or open the door as the joining sheet says, now that it is sent."""
    directory = directory_of(person.cohort)
    if directory is None or directory.closed_by is None or person.side != Side.MENTOR or person.enrolment is None:
        return
    given = answers_of(person.enrolment).get(directory.closed_by.field)
    _set(person, clock.now() if _holds(directory.closed_by, given) else None)


def _holds(rule: ShowIf, given: object) -> bool:
    held = given if isinstance(given, list) else [given]
    return any(value in rule.is_in for value in held)
