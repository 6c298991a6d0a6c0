"""All rows of an organisation as the database holds them, as fingerprints that tell whether anything was changed."""

import hashlib
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


def fingerprints(company: RichCompany) -> dict[str, str]:
    """Table → a fingerprint of the organisation's rows in it."""
    return {table: hashlib.sha256(repr(rows_of(company, table)).encode()).hexdigest() for table in TABLES}


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The tables whose rows differ."""
    return [table for table, mark in before.items() if after[table] != mark]
