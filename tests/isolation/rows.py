"""All rows of an organisation as the database holds them, as fingerprints that tell whether anything was changed."""

import hashlib
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection, models

from mentoring.tenancy.managers import is_tenant
from mentoring.tenancy.models import Membership
from mentoring.tenancy.scope import tenant_scope
from tests.rich import RichCompany

TABLES = sorted([model._meta.db_table for model in apps.get_models() if is_tenant(model)] + [Membership._meta.db_table])


def rows_of(company: RichCompany, table: str) -> list[tuple[Any, ...]]:
    """The rows of one table that belong to the organisation, sealed columns as they are."""
    key = models.UUIDField().get_db_prep_value(company.organisation.pk, connection)
    with tenant_scope(company.organisation), connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" WHERE organisation_id = %s ORDER BY id', [key])
        return [tuple(_plain(value) for value in row) for row in cursor.fetchall()]


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def fingerprints(company: RichCompany, tables: Collection[str] = TABLES) -> dict[str, str]:
    """Table → a fingerprint of the organisation's rows in it."""
    return {table: hashlib.sha256(repr(rows_of(company, table)).encode()).hexdigest() for table in tables}


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The tables whose rows differ, of those that were looked at again."""
    return sorted(table for table, mark in after.items() if before[table] != mark)


_NAMED = re.compile(r"\b(?:" + "|".join(map(re.escape, TABLES)) + r")\b", re.IGNORECASE)


@contextmanager
def written() -> Iterator[set[str]]:
    """The tables that the block may have written to: all that any statement names which is not a plain SELECT.

    No table has a trigger or a cascade of the database's own, so nothing else can have changed, and looking at these
    is as good as looking at all.
    """
    tables: set[str] = set()

    def note(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        text = str(sql)
        if not text.lstrip().upper().startswith("SELECT"):
            tables.update(name.lower() for name in _NAMED.findall(text))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield tables
