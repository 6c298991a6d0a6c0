"""Who is who in a pairing: the members that verbs are about, and the people that pages, notices and plans show.

Somebody may leave a group and come back: one person, with a membership for each period. What each is called among the others
is said by ``people_of``, how several are called in one phrase by ``Others``, and both nowhere else.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring.accounts.models import User
from mentoring.ui import dates
from pairs.domain.person import Person
from pairs.models import Pairing, PairingMember
from programmes.enums import Side


class NotAMember(Exception):
    """Somebody who is not part of the pairing tried what only its members may."""


MARKS = "ʻʼ‘’'`"
"""How the mark before a first letter (ʻAna) is typed."""
NAMED = 3
"""So many people are called by their names; of more, the first two."""


@dataclass(frozen=True)
class Others:
    """Some of a pairing's people as one phrase: "Helen", "ʻAna and Sione", "ʻAna, Sione and 2 more"."""

    people: tuple[Person, ...]

    @property
    def count(self) -> int:
        """How many, for verbs that agree with them."""
        return len(self.people)

    @property
    def name(self) -> str:
        """Their whole names."""
        return names_in_a_row([person.name for person in self.people])

    @property
    def short_name(self) -> str:
        """What to call them."""
        return names_in_a_row([person.short_name for person in self.people])

    def clocks(self, instant: dt.datetime, zone: str) -> str:
        """What an instant on the clock of ``zone`` is for each of them; empty where all read the same."""
        ordered = sorted(self.people, key=lambda person: person.zone)
        found = [
            dates.for_partner(instant, zone, theirs, Others(tuple(people)).short_name)
            for theirs, people in groupby(ordered, key=lambda person: person.zone)
        ]
        return "; ".join(words for words in found if words)

    def when(self, instant: dt.datetime, zone: str) -> str:
        """An instant on the clock of ``zone``, with theirs beside it."""
        own, clocks = dates.when(instant, zone), self.clocks(instant, zone)
        return f"{own} ({clocks})" if clocks else own


def names_in_a_row(names: list[str]) -> str:
    """Names as one phrase, never only the first of them."""
    if len(names) > NAMED:
        more = len(names) - 2
        words = ngettext("%(first)s, %(second)s and %(more)d more", "%(first)s, %(second)s and %(more)d more", more)
        return words % {"first": names[0], "second": names[1], "more": more}
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


@dataclass(frozen=True)
class People:
    """Everybody who takes or took part in a pairing, mentors first, those who are there before those who have left."""

    everyone: tuple[Person, ...]

    def on(self, side: str) -> list[Person]:
        """Those on one side."""
        return [person for person in self.everyone if person.member.side == side]

    @property
    def mentor(self) -> Person:
        """The (first) mentor; among mentees alone, the first of these."""
        return (self.on(Side.MENTOR) or self.everyone)[0]

    @property
    def mentee(self) -> Person:
        """The (first) mentee; among mentors alone, the first of these."""
        return (self.on(Side.MENTEE) or self.everyone)[0]

    @property
    def lead(self) -> Person | None:
        """Who leads a group of peers, or did when it ended; ``None`` where nobody does."""
        return next((person for person in self.here if person.member.leads), None)

    @property
    def present(self) -> list[Person]:
        """Those who have not left."""
        return [person for person in self.everyone if person.member.left_at is None]

    @property
    def here(self) -> list[Person]:
        """Those who are in it, or were when it ended."""
        return [person for person in self.everyone if person.is_here]

    @property
    def mentors(self) -> Others:
        """The mentors, in words."""
        return self.side_in_words(Side.MENTOR)

    @property
    def mentees(self) -> Others:
        """The mentees, in words."""
        return self.side_in_words(Side.MENTEE)

    def side_in_words(self, side: str) -> Others:
        """Those on one side who are there, or were at the end."""
        return Others(tuple(person for person in self.here if person.side == side))

    @property
    def label(self) -> str:
        """How coordinators know the pairing: mentees, then mentors."""
        return " · ".join(filter(None, (self.mentees.name, self.mentors.name)))

    def of(self, user: User) -> Person | None:
        """The person's own place, present or past."""
        return next((person for person in self.everyone if person.user and person.user.pk == user.pk), None)

    def member(self, member_id: UUID | None) -> Person | None:
        """The person of that membership in the pairing."""
        return next((person for person in self.everyone if member_id in person.ids), None)

    def partners_of(self, person: Person) -> list[Person]:
        """Everybody else they are in it with; for somebody who has left, those whom they met."""
        others = [other for other in self.everyone if other.member.pk != person.member.pk and other.met(person)]
        return [other for other in others if other.is_here or not person.is_here]

    def partner_of(self, person: Person) -> Person:
        """One mentoring partner: the first on the other side. Only where one alone is meant (a pair, a first letter)."""
        return next(other for other in self.everyone if other.side != person.side)

    def others(self, person: Person) -> Others:
        """Everybody else, in words: mentors first."""
        return Others(tuple(self.partners_of(person)))

    def across(self, person: Person) -> Others:
        """Those on the other side, in words."""
        return Others(tuple(other for other in self.partners_of(person) if other.side != person.side))

    def zones(self, member_id: UUID | None) -> list[str]:
        """The zone of one member, or those of all who are present where something is done together."""
        one = self.member(member_id)
        return [one.zone] if one else [person.zone for person in self.present or self.everyone]


NAMES = (
    "participant__given_name",
    "participant__family_name",
    "participant__zone",
    "participant__partner",
    "participant__membership__user__email",
    "participant__membership__user__given_name",
    "participant__membership__user__family_name",
    "participant__membership__user__zone",
)
"""What ``Person`` tells of somebody."""


def _known(rows: QuerySet[PairingMember]) -> QuerySet[PairingMember]:
    """Members with who they are."""
    return rows.select_related("participant__membership__user", "participant__partner")


def members_prefetch(path: str = "members") -> Prefetch:
    """The prefetch that ``people_of`` reads from: one query for any number of pairings."""
    return Prefetch(path, queryset=_known(PairingMember.objects.all()))


def names_prefetch(path: str = "members") -> Prefetch:
    """The same for lists of many pairs: what people are called, where they live and who put them forward; no more."""
    rows = PairingMember.objects.select_related("participant__membership__user")
    return Prefetch(path, queryset=rows.only("pairing", "side", "joined_at", "left_at", *NAMES).order_by())


def people_of(pairing: Pairing) -> People:
    """The people of a pairing; no query where ``members_prefetch`` was used. The cohort's zone is the last resort.

    Each is called by the first name; where several share it, those who left among them, by the whole name.
    """
    is_read = "members" in getattr(pairing, "_prefetched_objects_cache", {})
    rows: Iterable[PairingMember] = pairing.members.all() if is_read else _known(pairing.members.all())
    return People(tuple(sorted(_persons(rows, pairing.cohort.zone, pairing.ended_at), key=_place)))


def called(row: PairingMember) -> str:
    """What to call a member in a message, where nothing but the row is there. One query."""
    found = _persons(_known(PairingMember.objects.filter(pairing=row.pairing_id)))
    return next(person.short_name for person in found if row.pk in person.ids)


def _persons(rows: Iterable[PairingMember], zone: str = "UTC", ended_at: dt.datetime | None = None) -> list[Person]:
    """One for each who has a membership, as they came."""
    periods: dict[UUID, list[PairingMember]] = {}
    for row in sorted(rows, key=lambda row: (row.joined_at, row.left_at is None, str(row.pk))):
        periods.setdefault(row.participant_id, []).append(row)
    return _told_apart([Person(rows[-1], zone, tuple(rows), ended_at) for rows in periods.values()])


def _told_apart(people: list[Person]) -> list[Person]:
    """The same, those who share a first name called by the whole one; who shares that too is numbered as they came."""
    first = Counter(_folded(person.first_name) for person in people)
    whole: Counter[str] = Counter()
    found = []
    for person in people:
        name, shares = person.name, first[_folded(person.first_name)] > 1
        whole[_folded(name)] += 1
        number = whole[_folded(name)]
        words = name if number == 1 else f"{name} ({number})"
        found.append(replace(person, called=words) if shares else person)
    return found


def _folded(name: str) -> str:
    """A name without what nobody hears: capitals, and the mark before a first letter, in its several ways to be typed."""
    return " ".join(name.casefold().lstrip(MARKS).split())


def _place(person: Person) -> tuple[bool, bool, dt.datetime, str, str]:
    """Mentors, then mentees; of those who came at once by name, the marks before a first letter left aside."""
    first = person.periods[0]
    name = person.name.lstrip(MARKS).casefold()
    return (person.side != Side.MENTOR, not person.is_here, first.joined_at, name, str(first.pk))


def partner_accounts(user: User) -> frozenset[UUID]:
    """The accounts of everybody who is or was in a pairing with this person here. One query."""
    theirs = PairingMember.objects.filter(pairing__members__participant__membership__user=user)
    others = theirs.filter(participant__membership__isnull=False).exclude(participant__membership__user=user)
    return frozenset(others.values_list("participant__membership__user", flat=True))


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
