"""The database's own wall on PostgreSQL: what the application's role sees and may do with both application walls gone."""

import uuid

import pytest
from django.conf import settings
from django.db import (
    DEFAULT_DB_ALIAS,
    DatabaseError,
    IntegrityError,
    ProgrammingError,
    connection,
    connections,
    models,
    transaction,
)

from mentoring.tenancy import managers, tripwire
from mentoring.tenancy.checks import role_faults
from mentoring.tenancy.managers import TenantManager, TenantQuerySet, tenant_relations
from mentoring.tenancy.models import Membership, Partner
from mentoring.tenancy.scope import no_scope, tenant_scope
from tests.factories import CohortFactory, MembershipFactory, OrganisationFactory, PartnerFactory
from tests.tenancy.filling import fill, tenant_models

# Real transactions: inside a test's savepoint a setting would outlive the scope that made it.
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def here(db):
    return OrganisationFactory(slug="here")


@pytest.fixture
def there(db):
    return OrganisationFactory(slug="there")


@pytest.fixture
def no_application_walls(monkeypatch):
    """No filter, no checks of writes, no tripwire: only the database is left."""
    monkeypatch.setattr(TenantManager, "get_queryset", lambda self: TenantQuerySet(self.model, using=self._db))
    monkeypatch.setattr(TenantQuerySet, "update", models.QuerySet.update)
    monkeypatch.setattr(managers, "check_references", lambda *_: None)
    monkeypatch.setattr("mentoring.tenancy.models.base.check_references", lambda *_: None)
    monkeypatch.setattr("mentoring.tenancy.models.base.TenantModel.save", models.Model.save)
    connection.ensure_connection()
    monkeypatch.setattr(connections[DEFAULT_DB_ALIAS], "execute_wrappers", [])
    assert tripwire.refuse_unscoped not in connection.execute_wrappers


def rows_of(table):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        return cursor.fetchone()[0]


def run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def test_these_tests_run_under_the_applications_role():
    """As owner, as superuser or past the policies they would prove nothing."""
    assert role_faults(connection) == []
    assert settings.DATABASE_WEB["USER"] != settings.DATABASE_OWNER["USER"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (settings.DATABASE_WEB["USER"],)


def test_raw_sql_sees_no_foreign_row_in_any_table(here, there, no_application_walls):
    with tenant_scope(there):
        for model in tenant_models():
            fill(model)
    seen, empty = {}, []
    for model in tenant_models():
        table = model._meta.db_table
        with tenant_scope(here):
            seen[table] = rows_of(table)
        seen[f"{table}, nothing open"] = rows_of(table)
        with tenant_scope(there):
            empty += [] if rows_of(table) else [table]
    assert {table: count for table, count in seen.items() if count} == {}
    assert empty == []


def test_the_orm_without_its_filters_sees_no_foreign_row_either(here, there, no_application_walls):
    with tenant_scope(there):
        rows = [fill(model) for model in tenant_models()]
    with tenant_scope(here):
        for row in rows:
            everything = type(row)._base_manager
            assert not everything.exists()
            assert everything.filter(pk=row.pk).update(created_at=row.created_at) == 0
            assert models.QuerySet(type(row)).filter(pk=row.pk)._raw_delete(connection.alias) == 0


def refusal_of(write):
    """Why PostgreSQL refused a write and everything with it; empty when it did not."""
    try:
        write()
    except DatabaseError as refusal:
        return str(refusal)
    return ""


def test_no_table_takes_a_row_for_another_organisation(here, there, no_application_walls):
    def moves(model):
        with tenant_scope(here):
            row = fill(model)
            statement = f'UPDATE "{model._meta.db_table}" SET organisation_id = %s WHERE id = %s'
            run(statement, str(there.pk), str(row.pk))

    refusals = {model.__name__: refusal_of(lambda model=model: moves(model)) for model in tenant_models()}
    assert {name for name, words in refusals.items() if "row-level security" not in words} == set()


def test_inserting_for_another_organisation_is_refused(here, there, no_application_walls):
    with pytest.raises(ProgrammingError, match="row-level security"), tenant_scope(here):
        Partner.objects.create(organisation=there, key="smuggled", name="Smuggled")


def test_no_reference_crosses_although_postgresql_checks_them_past_its_policies(here, there, no_application_walls):
    def points_across(model, field):
        with tenant_scope(there):
            target = MembershipFactory() if field.related_model is Membership else fill(field.related_model)
        with tenant_scope(here):
            row = fill(model)
            statement = f'UPDATE "{model._meta.db_table}" SET "{field.column}" = %s WHERE id = %s'
            assert run(statement, str(target.pk), str(row.pk)) == 1

    refusals = {
        f"{model.__name__}.{field.name}": refusal_of(lambda model=model, field=field: points_across(model, field))
        for model in tenant_models()
        for field in tenant_relations(model)
    }
    assert {name for name, words in refusals.items() if "_same_org" not in words} == set()
    assert len(refusals) > 40


def test_a_row_that_exists_elsewhere_and_one_that_does_not_are_refused_alike(here, there, no_application_walls):
    """A difference would tell whether the neighbour has a row of that id."""
    with tenant_scope(there):
        theirs = CohortFactory().programme_id

    def points_at(reference):
        with tenant_scope(here):
            mine = CohortFactory()
            run("UPDATE programmes_cohort SET programme_id = %s WHERE id = %s", str(reference), str(mine.pk))
            run('SET CONSTRAINTS "programmes_cohort_programme_id_same_org" IMMEDIATE')

    codes = []
    for reference in (theirs, uuid.uuid4()):
        with pytest.raises(IntegrityError) as refusal:
            points_at(reference)
        codes.append((refusal.value.__cause__.pgcode, refusal.value.__cause__.diag.constraint_name))
    assert codes[0] == codes[1]


def test_a_tenant_setting_ends_with_its_transaction(here, there):
    with tenant_scope(here):
        PartnerFactory(key="mine")
    with no_scope(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(current_setting('app.organisation_id', true), '')")
        assert cursor.fetchone() == ("",)


def test_a_rolled_back_savepoint_gives_back_the_outer_setting(here, there, no_application_walls):
    with tenant_scope(here):
        PartnerFactory(key="mine", organisation=here)
        with pytest.raises(ZeroDivisionError), tenant_scope(there):
            raise ZeroDivisionError
        assert rows_of("tenancy_partner") == 1
        with tenant_scope(there):
            assert rows_of("tenancy_partner") == 0
        assert rows_of("tenancy_partner") == 1


@pytest.mark.parametrize(
    "statement", ["TRUNCATE tenancy_partner", "ALTER TABLE tenancy_partner DISABLE ROW LEVEL SECURITY"]
)
def test_the_applications_role_may_not_pull_the_wall_down(here, no_application_walls, statement):
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), tenant_scope(here):
        run(statement)
