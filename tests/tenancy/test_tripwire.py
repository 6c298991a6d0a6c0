"""The second application wall: with no organisation open, SQL that names a tenant table does not run, however it came about."""

import uuid

import pytest
from django.db import connection, models

from mentoring.tenancy.managers import TenantManager
from mentoring.tenancy.models import Membership, Organisation
from mentoring.tenancy.scope import ScopeError, no_scope, platform_scope, tenant_scope
from programmes.models import Assignment
from tests.factories import AssignmentFactory, OrganisationFactory
from tests.tenancy.filling import tenant_models

pytestmark = pytest.mark.django_db

ROUTES = {
    "exists": lambda model: model._base_manager.exists(),
    "blind oracle": lambda model: model._base_manager.exclude(pk=uuid.uuid4()).exists(),
    "count": lambda model: model._base_manager.count(),
    "first": lambda model: model._base_manager.first(),
    "list": lambda model: list(model._base_manager.all()),
    "explain": lambda model: model._base_manager.explain(),
    "aggregate": lambda model: model._base_manager.aggregate(newest=models.Max("created_at")),
    "update": lambda model: models.QuerySet(model).update(created_at=None),
    "delete": lambda model: models.QuerySet(model).delete(),
    "a plain queryset": lambda model: list(models.QuerySet(model)),
    "refresh_from_db": lambda model: model(pk=uuid.uuid4()).refresh_from_db(),
    "raw SQL": lambda model: sql(f"select 1 from {model._meta.db_table}"),
    "quoted raw SQL": lambda model: sql(f'SELECT 1 FROM "{model._meta.db_table}"'),
    "shouted raw SQL": lambda model: sql(f"SELECT 1 FROM {model._meta.db_table.upper()}"),
    "a subquery": lambda model: sql(f"SELECT (SELECT count(*) FROM {model._meta.db_table})"),
}


def sql(text):
    with connection.cursor() as cursor:
        cursor.execute(text)


def let_through(model):
    """The routes on which a query for this table ran."""
    ran = []
    for name, route in ROUTES.items():
        try:
            route(model)
        except ScopeError:
            continue
        ran.append(f"{model.__name__}: {name}")
    return ran


@pytest.fixture
def no_filter(monkeypatch):
    """The manager as Django would have it: nothing filtered, nothing refused."""
    monkeypatch.setattr(TenantManager, "get_queryset", lambda self: models.QuerySet(self.model, using=self._db))


def test_manager_and_tripwire_refuse_every_route_to_every_table():
    assert [route for model in tenant_models() for route in let_through(model)] == []


def test_the_tripwire_alone_refuses_them_too(no_filter):
    assert [route for model in tenant_models() for route in let_through(model)] == []


def test_the_tripwire_alone_refuses_to_write(no_filter):
    for model in tenant_models():
        with pytest.raises(ScopeError):
            models.QuerySet(model).bulk_create([model(organisation_id=uuid.uuid4())])
        with pytest.raises(ScopeError):
            models.Model.save(model(organisation_id=uuid.uuid4()), force_insert=True)


def test_a_join_from_a_table_that_belongs_to_nobody_is_refused():
    organisation = OrganisationFactory()
    with tenant_scope(organisation):
        assignment = AssignmentFactory()
    with pytest.raises(ScopeError):
        list(Membership.objects.filter(assignments__role="coordinator"))
    with pytest.raises(ScopeError):
        Membership.objects.prefetch_related("assignments").get(pk=assignment.membership_id)
    with pytest.raises(ScopeError):
        organisation.delete()


def test_tables_that_belong_to_nobody_can_be_read():
    organisation = OrganisationFactory()
    assert Organisation.objects.get() == organisation
    assert Membership.objects.count() == 0


def test_a_longer_name_is_another_table():
    from mentoring.tenancy.tripwire import names_tenant_table

    assert names_tenant_table("SELECT * FROM pairs_session")
    assert not names_tenant_table("SELECT * FROM pairs_sessions_of_another_kind")


@pytest.mark.postgres
def test_composed_sql_is_read_as_well():
    from psycopg2 import sql as composed

    statement = composed.SQL("SELECT 1 FROM {}").format(composed.Identifier("tenancy_partner"))
    with connection.cursor() as cursor, pytest.raises(ScopeError):
        cursor.execute(statement)


class TestWithinAScope:
    """With an organisation open, a statement must say that it wants this one's rows: it is SQLite's second wall."""

    @pytest.fixture(autouse=True)
    def here(self):
        with tenant_scope(OrganisationFactory()) as scope:
            yield scope.organisation

    def test_a_manager_that_does_not_filter_is_refused(self, no_filter):
        reading = [
            lambda model: model._base_manager.exists(),
            lambda model: list(model._base_manager.all()),
            lambda model: list(model._base_manager.filter(pk=uuid.uuid4())),
            lambda model: models.QuerySet(model).update(created_at=None),
            lambda model: models.QuerySet(model).filter(created_at__isnull=False)._raw_delete("default"),
            lambda model: model(pk=uuid.uuid4()).refresh_from_db(),
        ]
        ran = [
            f"{model.__name__} {number}"
            for model in tenant_models()
            for number, read in enumerate(reading)
            if runs(read, model)
        ]
        assert ran == []

    def test_a_join_from_somebody_elses_table_is_refused(self, here):
        assignment = AssignmentFactory()
        everybodys = Membership.objects.filter(assignments__role="coordinator")
        with pytest.raises(ScopeError):
            list(everybodys)
        assert list(everybodys.filter(assignments__organisation=here)) == [assignment.membership]

    def test_sql_by_hand_is_refused(self):
        for text in (
            "select 1 from tenancy_partner",
            "  SELECT 1 FROM tenancy_partner",
            "WITH p AS (SELECT 1 FROM tenancy_partner) SELECT * FROM p",
            "DELETE FROM tenancy_partner WHERE name = 'x'",
            "UPDATE tenancy_partner SET name = 'x' WHERE id IN (SELECT id FROM tenancy_partner)",
        ):
            with pytest.raises(ScopeError):
                sql(text)

    def test_what_django_does_by_itself_runs(self):
        assignment = AssignmentFactory()
        assignment.refresh_from_db()
        assert Assignment.objects.select_related("programme__handbook").prefetch_related("programme__cohorts").get()
        assignment.programme.delete()
        assert not Assignment.objects.exists()


def runs(read, model):
    try:
        read(model)
    except ScopeError:
        return False
    return True


def test_set_up_work_with_a_reason_passes():
    """And nothing else does: the same statement is refused before it and after it."""
    statement = "SELECT 1 FROM tenancy_partner"
    with pytest.raises(ScopeError):
        sql(statement)
    with platform_scope("a test of set-up work"), connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.fetchall() == []
    with pytest.raises(ScopeError):
        sql(statement)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_scope_outside_a_transaction_is_refused():
    """Row-level security would show nothing there, and nothing would say why."""
    from mentoring.tenancy.scope import Tenant, _entered

    with _entered(Tenant(OrganisationFactory())), pytest.raises(ScopeError, match="outside a transaction"):
        sql("SELECT 1")


def test_every_connection_carries_it(no_filter):
    from mentoring.tenancy.tripwire import refuse_unscoped

    with no_scope():
        connection.ensure_connection()
        assert connection.execute_wrappers.count(refuse_unscoped) == 1
