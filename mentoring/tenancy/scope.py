"""Which organisation the running code works for: unset, one organisation, or the platform for a stated reason.

Unset is the default and the safe one: any query on an organisation's data raises ``ScopeError``. ``None`` is never a
value one can pass, so a forgotten look-up cannot open everything.

On PostgreSQL a scope also sets the transaction-local ``app.organisation_id`` that the row-level policies compare with;
it therefore opens a transaction when none is open. On SQLite it does not: with IMMEDIATE transactions every page view
would take the write lock.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    from mentoring.tenancy.models import Organisation

Step = TypeVar("Step")


class ScopeError(RuntimeError):
    """Code touched an organisation's data without saying for which organisation, or for another one."""


@dataclass(frozen=True)
class Tenant:
    """One organisation's data, and no other's."""

    organisation: "Organisation"

    @property
    def id(self) -> UUID:
        """The organisation's id."""
        return self.organisation.pk


@dataclass(frozen=True)
class Platform:
    """The installation itself: set-up work on tables, never a way to read what organisations wrote."""

    reason: str


_state: ContextVar[Tenant | Platform | None] = ContextVar("tenancy_scope", default=None)


def state() -> Tenant | Platform | None:
    """The present state; ``None`` means unset."""
    return _state.get()


def current_tenant() -> Tenant:
    """The tenant that is open. Raises ``ScopeError`` when there is none."""
    found = _state.get()
    if isinstance(found, Tenant):
        return found
    raise ScopeError("No organisation is open here: wrap the code in tenant_scope(organisation).")


def current_organisation() -> "Organisation":
    """The organisation that is open. Raises ``ScopeError`` when there is none."""
    return current_tenant().organisation


@contextmanager
def tenant_scope(organisation: "Organisation") -> Iterator[Tenant]:
    """Open one organisation's data for the block; leaving it restores what was open before.

    Raises ``ScopeError`` for anything but a saved organisation. Not for a generator that yields in the middle of the
    block: its caller would find the scope open; use ``scoped_steps`` there.
    """
    if organisation is None or organisation.pk is None:
        raise ScopeError("tenant_scope needs a saved organisation.")
    tenant = Tenant(organisation)
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql":
        with _entered(tenant):
            yield tenant
        return
    nested = connection.in_atomic_block
    with transaction.atomic(), _entered(tenant):
        before = _setting(connection) if nested else ""
        _set(connection, str(tenant.id))
        yield tenant
        # Only reached without an exception: a rolled-back savepoint restores the setting by itself, and so does the end
        # of the transaction.
        if nested and not connection.needs_rollback:
            _set(connection, before)


@contextmanager
def platform_scope(reason: str) -> Iterator[Platform]:
    """Set-up work on the tables themselves (migrate, flush). The reason is required and must say something."""
    if not reason.strip():
        raise ScopeError("platform_scope needs a reason.")
    platform = Platform(reason)
    with _entered(platform):
        yield platform


@contextmanager
def no_scope() -> Iterator[None]:
    """Close whatever is open for the block: how background work proves that it opens its own scope."""
    with _entered(None):
        yield


def scoped_steps(organisation: "Organisation", make: Callable[[], Iterable[Step]]) -> Iterator[Step]:
    """Yield from ``make()`` with the organisation open while a step is worked out, and closed again between steps.

    For bodies that are streamed after the page's own scope has closed. On PostgreSQL each step is a transaction.
    """
    steps: Iterator[Step] | None = None
    while True:
        with tenant_scope(organisation):
            steps = iter(make()) if steps is None else steps
            try:
                step = next(steps)
            except StopIteration:
                return
        yield step


@contextmanager
def _entered(value: Tenant | Platform | None) -> Iterator[None]:
    token = _state.set(value)
    try:
        yield
    finally:
        _state.reset(token)


def _setting(connection: BaseDatabaseWrapper) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(current_setting('app.organisation_id', true), '')")
        return cursor.fetchone()[0]


def _set(connection: BaseDatabaseWrapper, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.organisation_id', %s, true)", [value])
