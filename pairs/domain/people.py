"""Who is who in a pairing: the members that verbs are about, and the people that pages, notices and plans show."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import Prefetch, QuerySet

from mentoring.accounts.models import User
from pairs.models import Pairing, PairingMember
from programmes.enums import Side
from programmes.models import Participant


class NotAMember(Exception):
    """Somebody who is not part of the pairing tried what only its members may."""


@lru_cache(maxsize=1024)
def is_zone(name: str) -> bool:
    """Whether this machine knows a time zone of that name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def first_zone(*names: str) -> str:
    """The first of these that is a known time zone; UTC when none is (a zone can vanish from the database)."""
    return next((name for name in names if name and is_zone(name)), "UTC")


@dataclass(frozen=True)
class Person:
    """One member of a pairing."""

    member: PairingMember
    fallback_zone: str = "UTC"

    @property
    def participant(self) -> Participant:
        """Their place in the cohort."""
        return self.member.participant

    @property
    def side(self) -> Side:
        """Mentor or mentee."""
        return Side(self.member.side)

    @property
    def user(self) -> User | None:
        """Their account; ``None`` until they have joined."""
        membership = self.participant.membership
        return membership.user if membership else None

    @property
    def name(self) -> str:
        """The whole name, as the person writes it once they have an account."""
        return self.user.name if self.user else self.participant.name

    @property
    def short_name(self) -> str:
        """What to call them."""
        return self.user.short_name if self.user else self.participant.short_name

    @property
    def zone(self) -> str:
        """The zone whose clock they read."""
        own = self.user.zone if self.user else ""
        return first_zone(own, self.participant.zone, self.fallback_zone)


@dataclass(frozen=True)
class People:
    """Everybody who takes or took part in a pairing, mentors first."""

    everyone: tuple[Person, ...]

    def on(self, side: str) -> list[Person]:
        """Those on one side."""
        return [person for person in self.everyone if person.side == side]

    @property
    def mentor(self) -> Person:
        """The (first) mentor."""
        return self.on(Side.MENTOR)[0]

    @property
    def mentee(self) -> Person:
        """The (first) mentee."""
        return self.on(Side.MENTEE)[0]

    @property
    def present(self) -> list[Person]:
        """Those who have not left."""
        return [person for person in self.everyone if person.member.left_at is None]

    def of(self, user: User) -> Person | None:
        """The person's own place, present or past."""
        return next((person for person in self.everyone if person.user and person.user.pk == user.pk), None)

    def member(self, member_id: UUID | None) -> Person | None:
        """The person of that membership in the pairing."""
        return next((person for person in self.everyone if person.member.pk == member_id), None)

    def partners_of(self, person: Person) -> list[Person]:
        """Everybody else."""
        return [other for other in self.everyone if other.member.pk != person.member.pk]

    def partner_of(self, person: Person) -> Person:
        """The mentoring partner: the first on the other side."""
        return next(other for other in self.everyone if other.side != person.side)

    def zones(self, member_id: UUID | None) -> list[str]:
        """The zone of one member, or those of all who are present where something is done together."""
        one = self.member(member_id)
        return [one.zone] if one else [person.zone for person in self.present or self.everyone]


def _known(rows: QuerySet[PairingMember]) -> QuerySet[PairingMember]:
    """Members with who they are."""
    return rows.select_related("participant__membership__user", "participant__partner")


def members_prefetch(path: str = "members") -> Prefetch:
    """The prefetch that ``people_of`` reads from: one query for any number of pairings."""
    return Prefetch(path, queryset=_known(PairingMember.objects.all()))


def people_of(pairing: Pairing) -> People:
    """The people of a pairing; no query where ``members_prefetch`` was used. The cohort's zone is the last resort."""
    is_read = "members" in getattr(pairing, "_prefetched_objects_cache", {})
    rows: Iterable[PairingMember] = pairing.members.all() if is_read else _known(pairing.members.all())
    ordered = sorted(rows, key=lambda row: (row.side != Side.MENTOR, row.joined_at, str(row.pk)))
    return People(tuple(Person(row, pairing.cohort.zone) for row in ordered))


# --- For verbs: the present members, read afresh ----------------------------------------------------------------------


def members(pairing: Pairing) -> QuerySet[PairingMember]:
    """The present members as the database has them now, with who they are."""
    return _known(PairingMember.objects.filter(pairing=pairing, left_at__isnull=True))


def member_of(pairing: Pairing, user: User) -> PairingMember:
    """The person's own place in the pairing. Raises ``NotAMember``; another's place can never be named."""
    found = members(pairing).filter(participant__membership__user=user).first()
    if found is None:
        raise NotAMember
    return found


def others_of(pairing: Pairing, member: PairingMember) -> list[PairingMember]:
    """The other present members."""
    return [row for row in members(pairing) if row.pk != member.pk]
