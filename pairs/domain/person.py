"""One person of a pairing: who they are, which clock they read, and when they were in it."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mentoring.accounts.models import User
from pairs.models import PairingMember
from programmes.enums import Side
from programmes.models import Participant


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
    """One member of a pairing: their present membership, or else the last one, and all of them."""

    member: PairingMember
    fallback_zone: str = "UTC"
    periods: tuple[PairingMember, ...] = ()
    ended_at: dt.datetime | None = None
    """When the pairing ended."""
    called: str = ""
    """What tells them apart from whoever shares their first name in the pairing (``people_of``); empty where nobody does."""

    @property
    def ids(self) -> frozenset[UUID]:
        """All their memberships in the pairing."""
        return frozenset(row.pk for row in (self.member, *self.periods))

    @property
    def is_here(self) -> bool:
        """Whether they are in the pairing, or were when it ended."""
        return self._lasts(self.member)

    def was_here(self, at: dt.datetime) -> bool:
        """Whether they were in the pairing at that instant. Whoever was there at its end still is one of it afterwards."""
        return any(
            row.joined_at <= at and (self._lasts(row) or (row.left_at or at) >= at)
            for row in self.periods or (self.member,)
        )

    def met(self, other: "Person") -> bool:
        """Whether they were in the pairing at the same time at all."""
        return any(other.was_here(row.joined_at) for row in self.periods or (self.member,)) or any(
            self.was_here(row.joined_at) for row in other.periods or (other.member,)
        )

    def _lasts(self, row: PairingMember) -> bool:
        return row.left_at is None or (self.ended_at is not None and row.left_at >= self.ended_at)

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
    def told_apart(self) -> str:
        """The whole name, with a number where somebody else of the pairing has it too."""
        return self.called or self.name

    @property
    def first_name(self) -> str:
        """What to call them to their face."""
        return self.user.short_name if self.user else self.participant.short_name

    @property
    def short_name(self) -> str:
        """What to call them among the people of the pairing: nobody else in it is called so."""
        return self.called or self.first_name

    @property
    def zone(self) -> str:
        """The zone whose clock they read."""
        own = self.user.zone if self.user else ""
        return first_zone(own, self.participant.zone, self.fallback_zone)
