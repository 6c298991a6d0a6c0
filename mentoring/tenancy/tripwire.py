"""The second application wall: refuses SQL on tenant tables that names no organisation, or runs while none is open.

Managers can be gone round (raw SQL, a base manager, a join from another model); the connection cannot. The decision is
cached for each SQL text, so the price is a dictionary look-up a query.
"""

import re
from functools import lru_cache

from django.apps import apps
from django.db.backends.signals import connection_created

from mentoring.tenancy.managers import is_tenant
from mentoring.tenancy.scope import ScopeError, Tenant, state

LONG = 20_000
"""Characters."""


@lru_cache(maxsize=1)
def _tenant_tables() -> re.Pattern[str]:
    tables = [model._meta.db_table for model in apps.get_models() if is_tenant(model)]
    # Quoted or not: SQL written by hand need not quote. \b keeps pairs_session from matching pairs_sessionnote.
    return re.compile(r"\b(?:" + "|".join(map(re.escape, tables)) + r")\b", re.IGNORECASE)


@lru_cache(maxsize=4096)
def names_tenant_table(sql: str) -> bool:
    """Whether the SQL text names a table that holds organisations' data."""
    return bool(_tenant_tables().search(sql))


def says_whose(sql: str) -> bool:
    """Whether a statement on organisations' data says for which organisation: it compares ``organisation_id``.

    Inserts pass, whose rows carry it, and so do statements that delete or update by primary key: their rows were reached
    before, and Django's collector deletes in this way.
    """
    return bool(_INSERT.match(sql) or _PREDICATE.search(sql) or _BY_KEY.match(sql))


_INSERT = re.compile(r"\s*INSERT\b", re.IGNORECASE)
_PREDICATE = re.compile(r'\borganisation_id"? = ')
_BY_KEY = re.compile(r'(?:UPDATE|DELETE)\b.*\sWHERE "\w+"\."id" (?:IN \(|= )', re.DOTALL)


@lru_cache(maxsize=4096)
def _is_whole(sql: str) -> bool:
    return says_whose(sql) or not names_tenant_table(sql)


def refuse_unscoped(execute, sql, params, many, context):
    """Execute wrapper: raise ``ScopeError`` for what would read or write more than the open organisation's data.

    With none open that is any statement on a tenant table; with one open, a statement that does not say whose rows it
    wants (a join from somebody else's table, SQL by hand), and on PostgreSQL whatever runs outside the scope's transaction.
    """
    scope, text = state(), str(sql)  # str() also reads the pieces of SQL that psycopg2 composes
    if scope is None and names_tenant_table(text):
        raise ScopeError("This touches an organisation's data, but no organisation is open.")
    if isinstance(scope, Tenant):
        connection = context["connection"]
        if connection.vendor == "postgresql" and not connection.in_atomic_block:
            raise ScopeError("A scope is open outside a transaction: row-level security would show nothing.")
        # Long texts (updates of many rows) are not worth keeping.
        if not (_is_whole(text) if len(text) < LONG else _is_whole.__wrapped__(text)):
            raise ScopeError("This reads or changes organisations' data without saying whose.")
    return execute(sql, params, many, context)


def install(*, connection, **_kwargs) -> None:
    """Put the wrapper on a new database connection, once."""
    if refuse_unscoped not in connection.execute_wrappers:
        connection.execute_wrappers.append(refuse_unscoped)


def listen() -> None:
    """Install the tripwire on every connection that will be opened."""
    connection_created.connect(install, dispatch_uid="tenancy-tripwire")
