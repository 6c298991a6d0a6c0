"""What every test starts from: the database as the application's own role, and no organisation open."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from mentoring.tenancy.models import Organisation
from mentoring.tenancy.scope import state, tenant_scope

pytest_plugins = ["tests.cast"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Create the test database as the owner (who may), then work in it as the application's role (who may little)."""
    if settings.DATABASE_OWNER:
        owner = settings.DATABASE_OWNER
        connections["default"].settings_dict.update(USER=owner["USER"], PASSWORD=owner["PASSWORD"])


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """After the set-up, become the application's role for all tests; the owner again to drop the database."""
    if not settings.DATABASE_OWNER:
        yield
        return
    connection = connections["default"]
    web = settings.DATABASE_WEB
    with django_db_blocker.unblock():
        _become(connection, web["USER"], web["PASSWORD"])
        yield
        _end_other_sessions(connection)
        _become(connection, settings.DATABASE_OWNER["USER"], settings.DATABASE_OWNER["PASSWORD"])


def _end_other_sessions(connection) -> None:
    """A thread of the live server may still hold a connection to a browser that has gone: the database could not be dropped."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )


def _become(connection, user: str, password: str) -> None:
    connection.close()
    connection.settings_dict.update(USER=user, PASSWORD=password)


@pytest.fixture(scope="session", autouse=True)
def static_folder() -> None:
    """Collected files are looked for at start-up; in tests they come from the sources, but the folder must be there."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def nothing_open() -> None:
    """No test starts or ends with an organisation open by accident."""
    assert state() is None


@pytest.fixture
def organisation(db) -> Organisation:
    """An organisation with nothing in it."""
    from tests.factories import OrganisationFactory

    return OrganisationFactory()


@pytest.fixture
def in_organisation(organisation: Organisation) -> Iterator[Organisation]:
    """The organisation, open for the test's own queries."""
    with tenant_scope(organisation):
        yield organisation
