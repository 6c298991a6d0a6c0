"""A programme's suggestion box: notes without a writer, and replies (``sssc.must.55``).

Nothing that is kept links a note to its writer: no history, no message, no work to be done, no time but the day. Coordinators
find a note from the next day on, so that nobody can tell by looking again and again when it came. The number of notes a day is
limited for the programme as a whole, for a limit for each person would have to know the person.
"""

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.tenancy.scope import current_organisation
from programmes.domain.queries import own_participations
from programmes.domain.roles import roles_for
from programmes.enums import ParticipantState
from programmes.models import Participant, Programme, Suggestion
from templates_app.domain.kits import kit_of
from templates_app.shapes import Suggestions

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""What codes are made of: nothing that looks like something else."""
LENGTH = 16
"""About 78 bits: nobody finds one by trying."""


class BoxClosed(Exception):
    """The programme has no box, or too few people for anybody to stay unknown."""


class BoxFull(Exception):
    """As many notes as the programme takes on one day are there."""


class NoSuchCode(Exception):
    """No note was written with this code."""


class NotACode(Exception):
    """A code is made here, never chosen."""


def box_of(programme: Programme) -> Suggestions:
    """What the programme's handbook says about its suggestion box."""
    return kit_of(programme.handbook).suggestions


def is_closed(programme: Programme) -> bool:
    """Whether so few people take part that the way one writes would tell who one is. One query."""
    return people_in(programme) < box_of(programme).least_people


def people_in(programme: Programme) -> int:
    """How many have joined."""
    rows = Participant.objects.filter(cohort__programme=programme, state=ParticipantState.JOINED)
    return rows.values("membership").distinct().count()


def places_with_box(user: User) -> list[Programme]:
    """The programmes with a box in which somebody takes part."""
    found = {one.cohort.programme_id: one.cohort.programme for one in own_participations(user)}
    return [programme for programme in found.values() if box_of(programme).offered]


# --- Codes ------------------------------------------------------------------------------------------------------------


def new_code() -> str:
    """A code for who is about to write, such as ``7KQF-2M9T-XHAB-R4WD``. It is made before they write and kept by them."""
    letters = "".join(secrets.choice(LETTERS) for _number in range(LENGTH))
    return "-".join(letters[place : place + 4] for place in range(0, LENGTH, 4))


def _hash(code: str) -> str:
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    if len(plain) != LENGTH or not set(plain) <= set(LETTERS):
        raise NotACode
    return hashlib.sha256(f"suggestion:{plain}".encode()).hexdigest()


# --- The writer -------------------------------------------------------------------------------------------------------


@transaction.atomic
def write_suggestion(*, programme: Programme, text: str, code: str, actor: User) -> None:
    """Put a note into the box. ``actor`` is only asked whether they take part; nothing of them is kept.

    The same code a second time is the same form sent twice, and does nothing. Raises ``BoxClosed``, ``BoxFull``,
    ``NotACode``.
    """
    box, code_hash = box_of(programme), _hash(code)
    if programme.pk not in roles_for(actor).takes_part_in or not box.offered or is_closed(programme):
        raise BoxClosed
    Programme.objects.select_for_update().get(pk=programme.pk)
    if Suggestion.objects.filter(code_hash=code_hash).exists():
        return
    if Suggestion.objects.filter(programme=programme, day=today()).count() >= box.a_day:
        raise BoxFull
    Suggestion.objects.create(programme=programme, day=today(), text=text, code_hash=code_hash)


def suggestion_with(code: str, programme: Programme) -> Suggestion:
    """The note written with a code, for whoever brings it. Raises ``NoSuchCode``."""
    try:
        found = Suggestion.objects.filter(programme=programme, code_hash=_hash(code)).first()
    except NotACode:
        raise NoSuchCode from None
    if found is None:
        raise NoSuchCode
    return found


def published_replies(programme: Programme) -> list[Suggestion]:
    """The replies that everybody in the programme reads, newest first. Their notes are not for them."""
    rows = Suggestion.objects.filter(programme=programme, is_published=True)
    return list(rows.defer("text").order_by("-replied_on", "id"))


# --- Those who run the programme --------------------------------------------------------------------------------------


def suggestions_for(user: User, programme: Programme) -> QuerySet[Suggestion]:
    """The notes of days that are over, for the programme's coordinators; none for anybody else."""
    if not roles_for(user).coordinates(programme.pk):
        return Suggestion.objects.none()
    return Suggestion.objects.filter(programme=programme, day__lt=today())


def waiting_since(user: User, programme: Programme) -> list[dt.date]:
    """The days of the notes without a reply, oldest first: for the programme's coordinators, while it has a box. One query."""
    if not box_of(programme).offered:
        return []
    rows = suggestions_for(user, programme).filter(replied_on=None)
    return list(rows.order_by("day").values_list("day", flat=True))


def get_suggestion_for(user: User, programme: Programme, suggestion_id: UUID) -> Suggestion:
    """One of them, or the one 404."""
    return get_object_or_404(suggestions_for(user, programme), pk=suggestion_id)


@dataclass(frozen=True)
class Counts:
    """How many notes there are and how many have a reply: all that a steering group and the admins learn."""

    all: int
    answered: int

    @property
    def waiting(self) -> int:
        """Notes without a reply."""
        return self.all - self.answered


def counts_of(user: User, programme: Programme) -> Counts | None:
    """The figures, for coordinators, the steering group and admins; nothing for anybody else. One query."""
    roles = roles_for(user)
    if not (roles.is_admin or roles.coordinates(programme.pk) or programme.pk in roles.steered):
        return None
    rows = Suggestion.objects.filter(programme=programme, day__lt=today())
    figures = rows.aggregate(all=Count("pk"), answered=Count("pk", filter=Q(replied_on__isnull=False)))
    return Counts(figures["all"], figures["answered"])


@transaction.atomic
def answer_suggestion(*, suggestion: Suggestion, reply: str, publish: bool, actor: User) -> None:
    """Write the reply, or write it anew. With ``publish`` everybody in the programme reads the reply, never the note."""
    suggestion.reply = reply
    suggestion.replied_on = suggestion.replied_on or today()
    suggestion.is_published = publish
    suggestion.save(update_fields=["reply", "replied_on", "is_published"])
    record_event("suggestion.answered", suggestion.programme, actor=actor)


def today() -> dt.date:
    """The day on the organisation's clock."""
    return clock.now().astimezone(ZoneInfo(current_organisation().zone)).date()
