"""Who sees which introduction. The mentor sees what they proposed and how it ended, never whose answer is still to come."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Q
from django.http import Http404

from mentoring.accounts.models import User
from pairs.domain.introducing.making import with_people
from pairs.domain.person import Person
from pairs.enums import ContactState
from pairs.models import ContactIntroduction, Pairing


class Part(StrEnum):
    """What somebody is to an introduction."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    CONTACT = "contact"


@dataclass(frozen=True)
class Seen:
    """An introduction as one of its people sees it."""

    row: ContactIntroduction
    part: Part

    @property
    def mentor(self) -> Person:
        """Who proposed it."""
        return Person(self.row.mentor)

    @property
    def mentee(self) -> Person:
        """Who would be introduced."""
        return Person(self.row.mentee)

    @property
    def is_asked(self) -> bool:
        """Whether this person's answer is wanted now."""
        wanted = {ContactState.MENTEE: Part.MENTEE, ContactState.CONTACT: Part.CONTACT}
        return wanted.get(ContactState(self.row.state)) is self.part

    @property
    def is_made(self) -> bool:
        """Whether both said yes."""
        return self.row.state == ContactState.MADE

    @property
    def other_email(self) -> str:
        """The other's address, once both said yes and for these two alone."""
        if not self.is_made:
            return ""
        if self.part is Part.MENTEE:
            return self.row.email
        user = self.mentee.user
        return user.email if self.part is Part.CONTACT and user else ""


def introductions_for(user: User, pairing: Pairing) -> list[Seen]:
    """The introductions of a pairing that this person proposed or is asked about, the newest first. One query."""
    mentor, mentee = "mentor__participant__membership__user", "mentee__participant__membership__user"
    rows = with_people(ContactIntroduction.objects.filter(pairing=pairing)).filter(
        Q(**{mentor: user}) | Q(**{mentee: user})
    )
    return [Seen(row, part) for row in rows if (part := _part_of(user, row))]


def get_introduction_for(user: User, introduction_id: UUID) -> Seen:
    """One introduction for its mentor, its mentee, or its contact once they were asked. Raises ``Http404``."""
    row = with_people(ContactIntroduction.objects.filter(pk=introduction_id)).first()
    part = _part_of(user, row) if row else None
    if row is None or part is None:
        raise Http404
    return Seen(row, part)


def _part_of(user: User, row: ContactIntroduction) -> Part | None:
    if Person(row.mentor).user == user:
        return Part.MENTOR
    if Person(row.mentee).user == user:
        return Part.MENTEE
    if row.contact_id == user.pk and row.asked_at is not None:
        return Part.CONTACT
    return None
