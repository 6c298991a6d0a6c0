"""Kinds of confidential records, each with how it is counted, what of it is over, and how it is deleted.

Rooms above add theirs at start-up: what pairs write lives there.
"""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from programmes.models import Programme
from templates_app.shapes import RecordKind


@dataclass(frozen=True)
class Row:
    """One record, known by its id and by what its period is counted from alone. Nothing of what it says."""

    pk: UUID
    cohort: UUID
    cohort_ends: dt.date
    ended: dt.date | None = None
    """When its pairing ended, for what hangs on one."""
    is_closed: bool = True
    """Nobody works with it any more: an open concern, or what a running pairing wrote, is never due."""


@dataclass(frozen=True)
class Kind:
    """One kind of record."""

    key: RecordKind
    title: Promise | str
    about: Promise | str
    """What belongs to it."""
    rows: Callable[[Programme], list[Row]]
    """All records of the kind in a programme. A fixed number of queries."""
    delete: Callable[[Collection[UUID]], int] | None = None
    """Deletes these records with everything that holds their words, for good, in the open transaction; returns how many there
    were. ``None``: this kind is not deleted here."""

    @property
    def is_deleted_here(self) -> bool:
        """Whether records of this kind can be deleted from the list."""
        return self.delete is not None


_kinds: dict[RecordKind, Kind] = {}


def register_records(*kinds: Kind) -> None:
    """Add kinds of records. For ``AppConfig.ready``; doing it again replaces them."""
    _kinds.update({kind.key: kind for kind in kinds})


def all_kinds() -> list[Kind]:
    """Every kind, in the order of ``RecordKind``."""
    return [_kinds[key] for key in RecordKind if key in _kinds]


def kind_named(key: str) -> Kind | None:
    """The kind of that name; ``None`` where there is none."""
    return next((kind for kind in all_kinds() if kind.key == key), None)
