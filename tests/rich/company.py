"""The rich company as tests hold it, and the people around it."""

from dataclasses import dataclass, field
from typing import Any

from mentoring.accounts.models import User
from mentoring.tenancy.models import Organisation, Partner
from pairs.models import Pairing
from programmes.models import Cohort, Participant, Programme
from tests.rich.marks import Marks, Whose


@dataclass
class Room:
    """A programme with its cohort and its coordinator: the one in which everything happens, or the one next door."""

    whose: Whose
    """Whose the programme's own words are."""
    waiting: Whose
    """Whose the words of people without a pair are."""
    coordinator: User
    programme: Programme
    cohort: Cohort = None  # type: ignore[assignment]
    kept: dict[str, Any] = field(default_factory=dict)
    """What was made in it: ``gathering``, ``mailing``, ``import`` …"""


@dataclass
class RichCompany:
    """One organisation with a row of everything. ``users`` and ``places`` are by name: ``mentor``, ``mentee_two``, ``lead`` …

    ``kept`` holds what addresses need beside ids: the tokens of links.
    """

    marks: Marks
    organisation: Organisation
    users: dict[str, User] = field(default_factory=dict)
    places: dict[str, Participant] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)
    partner: Partner = None  # type: ignore[assignment]
    here: Room = None  # type: ignore[assignment]
    next_door: Room = None  # type: ignore[assignment]
    pairing: Pairing = None  # type: ignore[assignment]
    pairing_two: Pairing = None  # type: ignore[assignment]
    pairing_past: Pairing = None  # type: ignore[assignment]

    @property
    def programme(self) -> Programme:
        """The programme in which everything happens."""
        return self.here.programme

    @property
    def cohort(self) -> Cohort:
        """Its cohort."""
        return self.here.cohort

    def __getattr__(self, name: str) -> User:
        """People by name: ``company.coordinator``."""
        try:
            return self.__dict__["users"][name]
        except KeyError as fault:
            raise AttributeError(name) from fault
