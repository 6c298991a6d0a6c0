"""What a table of an export is, and which part of a programme an export is about."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from evaluation.domain.standing import name_key, with_people
from evaluation.models import Export
from mentoring.accounts.models import User
from pairs.domain.people import People, people_of
from pairs.domain.reading import Reader, reader_of
from pairs.models import Pairing
from programmes.domain.roles import roles_for
from programmes.models import Cohort, Programme

Row = list[Any]


@dataclass
class Table:
    """A named table. ``rows`` are as long as ``columns``; values are text, numbers, truth values, dates or instants."""

    name: str
    columns: list[str]
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Scope:
    """What an export is about, as its maker may see it: a programme, or one cohort or one pair of it."""

    user: User
    programme: Programme
    cohort: Cohort | None = None
    pairing: Pairing | None = None

    @property
    def coordinates(self) -> bool:
        """Whether the maker coordinates the programme."""
        return roles_for(self.user).coordinates(self.programme.pk)

    @property
    def is_one_pair(self) -> bool:
        """Whether it is about one pair alone."""
        return self.pairing is not None

    @cached_property
    def cohorts(self) -> list[Cohort]:
        """The cohorts it covers."""
        if self.cohort is not None:
            return [self.cohort]
        return list(self.programme.cohorts.order_by("starts_on", "title"))

    @cached_property
    def pairings(self) -> list[Pairing]:
        """The pairs it covers, with their people."""
        rows = Pairing.objects.filter(cohort__programme=self.programme)
        if self.pairing is not None:
            rows = rows.filter(pk=self.pairing.pk)
        elif self.cohort is not None:
            rows = rows.filter(cohort=self.cohort)
        found = with_people(rows)
        return sorted(
            found, key=lambda row: (row.cohort.starts_on, name_key(" ".join(names(people_of(row)))), row.started_at)
        )

    @cached_property
    def people(self) -> dict[UUID, People]:
        """Who is in each of these pairs."""
        return {pairing.pk: people_of(pairing) for pairing in self.pairings}

    @cached_property
    def readers(self) -> dict[UUID, Reader]:
        """The maker before each of these pairs. Each finds out once what it must know."""
        return {pairing.pk: reader_of(self.user, pairing) for pairing in self.pairings}

    @property
    def participants(self) -> Sequence[UUID] | None:
        """The people of the one pair it is about; ``None`` where it is about more."""
        if self.pairing is None:
            return None
        return [person.participant.pk for people in self.people.values() for person in people.everyone]


def scope_of(export: Export) -> Scope:
    """What an export is about."""
    cohort = export.pairing.cohort if export.pairing else export.cohort
    return Scope(export.requested_by, export.programme, cohort, export.pairing)


def names(people: People) -> list[str]:
    """Mentees and mentors, all of them."""
    return [", ".join(person.name for person in side.people) for side in (people.mentees, people.mentors)]


def yes(value: object) -> str:
    """A truth in a word."""
    return _("yes") if value else _("no")
