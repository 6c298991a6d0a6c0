"""The roles as deploy/postgres/init.sh makes them, on a real server: it made the ones that this lane works with."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.db import connection

pytestmark = pytest.mark.postgres


def connect(variable: str) -> psycopg2.extensions.connection:
    session = psycopg2.connect(os.environ[variable])
    session.autocommit = True
    return session


@pytest.fixture
def web() -> Iterator[psycopg2.extensions.cursor]:
    session = connect("DATABASE_URL")
    yield session.cursor()
    session.close()


@pytest.fixture
def owner() -> Iterator[psycopg2.extensions.cursor]:
    session = connect("DATABASE_OWNER_URL")
    yield session.cursor()
    session.close()


@pytest.mark.parametrize("variable", ["DATABASE_URL", "DATABASE_OWNER_URL"])
def test_neither_role_stands_above_the_walls(variable):
    session = connect(variable)
    cursor = session.cursor()
    cursor.execute(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolreplication FROM pg_roles WHERE rolname = current_user"
    )
    assert cursor.fetchone() == (False, False, False, False)
    session.close()


def test_the_owner_owns_the_database_and_web_does_not(owner, web):
    question = (
        "SELECT pg_catalog.pg_get_userbyid(datdba) = current_user FROM pg_database WHERE datname = current_database()"
    )
    owner.execute(question)
    web.execute(question)
    assert (owner.fetchone()[0], web.fetchone()[0]) == (True, False)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (a int)",
        "CREATE SCHEMA mine",
        "CREATE DATABASE mine",
        "CREATE ROLE mine",
        "CREATE TEMPORARY TABLE mine (a int)",
        "SELECT pg_read_file('/etc/passwd')",
        "COPY (SELECT 1) TO PROGRAM 'true'",
    ],
)
def test_web_may_not(web, statement):
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        web.execute(statement)


def test_web_has_only_the_rows_it_is_granted(owner, web):
    owner.execute("CREATE TABLE probe_of_roles (a int)")
    try:
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            web.execute("SELECT * FROM probe_of_roles")
        owner.execute(f"GRANT SELECT, INSERT ON probe_of_roles TO {web.connection.info.user}")
        web.execute("INSERT INTO probe_of_roles VALUES (1)")
        for statement in (
            "TRUNCATE probe_of_roles",
            "DROP TABLE probe_of_roles",
            "ALTER TABLE probe_of_roles ADD b int",
        ):
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                web.execute(statement)
    finally:
        owner.execute("DROP TABLE probe_of_roles")


@pytest.mark.django_db
def test_tests_work_as_the_role_that_serves():
    """As the owner, or a superuser, they would prove nothing about row-level security."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        user, database = cursor.fetchone()
    assert user == urlsplit(os.environ["DATABASE_URL"]).username
    assert database.startswith("test_")
