"""A mentor's place in the list: closed for a while, and open again."""

from django.db import transaction

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from programmes.domain.choosing.states import NotYours
from programmes.domain.choosing.terms import directory_of
from programmes.domain.roles import roles_for
from programmes.enums import Side
from programmes.models import Participant
from templates_app.domain.responses import answers_of
from templates_app.shapes import ShowIf


def may_pause(person: Participant, user: User) -> bool:
    """Whether this person may take that mentor out of the list and put them back: themselves, or a coordinator."""
    directory = directory_of(person.cohort)
    if directory is None or person.side != Side.MENTOR:
        return False
    roles = roles_for(user)
    own = "own" in directory.pauses and person.pk in roles.participants
    return own or ("coordinator" in directory.pauses and roles.coordinates(person.cohort.programme_id))


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
