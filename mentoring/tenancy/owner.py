"""Working as the tables' owner, for migrate and for test set-up only. The application's role owns nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections


def has_owner() -> bool:
    """Whether a separate owning role is configured and the database is one where that means something."""
    return bool(settings.DATABASE_OWNER) and connections[DEFAULT_DB_ALIAS].vendor == "postgresql"


@contextmanager
def as_owner() -> Iterator[None]:
    """Reconnect as the owner for the block. Does nothing where no owner is configured (SQLite, a single role)."""
    connection = connections[DEFAULT_DB_ALIAS]
    owner = settings.DATABASE_OWNER
    if not has_owner() or connection.settings_dict["USER"] == owner["USER"]:
        yield
        return
    before = {key: connection.settings_dict[key] for key in ("USER", "PASSWORD")}
    connection.close()
    connection.settings_dict.update(USER=owner["USER"], PASSWORD=owner["PASSWORD"])
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


def grant_to_web() -> None:
    """Give the application's role exactly what it needs: rows, no TRUNCATE, no tables of its own. Run as the owner."""
    connection = connections[DEFAULT_DB_ALIAS]
    quoted = connection.ops.quote_name(settings.DATABASE_WEB["USER"])
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}")
