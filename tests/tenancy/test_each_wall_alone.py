"""Each wall holds with the other two switched off (row-level security alone: ``test_row_security.py``)."""

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections

from mentoring.tenancy.managers import TenantManager, TenantQuerySet
from mentoring.tenancy.models import Partner
from mentoring.tenancy.scope import ScopeError, tenant_scope
from programmes.models import Cohort
from tests.factories import CohortFactory, OrganisationFactory, PartnerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_tripwire(monkeypatch):
    connection.ensure_connection()
    monkeypatch.setattr(connections[DEFAULT_DB_ALIAS], "execute_wrappers", [])


@pytest.mark.sqlite
def test_the_manager_alone_keeps_organisations_apart(no_tripwire):
    """On SQLite there is no row-level security; without the tripwire only the manager is left."""
    here, there = OrganisationFactory(), OrganisationFactory()
    with tenant_scope(there):
        theirs = CohortFactory()
    with tenant_scope(here):
        assert not Cohort.objects.exists()
        assert not Cohort._base_manager.filter(pk=theirs.pk).exists()
        with pytest.raises(ScopeError):
            Cohort.objects.create(
                programme_id=theirs.programme_id,
                slug="x",
                title="X",
                starts_on=theirs.starts_on,
                ends_on=theirs.ends_on,
            )
    for read in (Cohort.objects.exists, Cohort._base_manager.count, theirs.refresh_from_db):
        with pytest.raises(ScopeError):
            read()


@pytest.mark.sqlite
def test_the_tripwire_alone_keeps_organisations_apart(monkeypatch):
    organisation = OrganisationFactory()
    with tenant_scope(organisation):
        partner = PartnerFactory()
    monkeypatch.setattr(TenantManager, "get_queryset", lambda self: TenantQuerySet(self.model, using=self._db))
    for touch in (Partner.objects.exists, partner.refresh_from_db, partner.delete, lambda: list(Partner.objects.all())):
        with pytest.raises(ScopeError):
            touch()
    with tenant_scope(organisation):
        for touch in (Partner.objects.exists, partner.refresh_from_db, lambda: list(Partner.objects.all())):
            with pytest.raises(ScopeError):
                touch()
        assert Partner.objects.get(organisation=organisation) == partner


@pytest.mark.sqlite
def test_without_any_wall_the_neighbours_rows_would_show(monkeypatch, no_tripwire):
    """The proof that the tests above prove something."""
    here, there = OrganisationFactory(), OrganisationFactory()
    with tenant_scope(there):
        PartnerFactory(key="theirs")
    monkeypatch.setattr(TenantManager, "get_queryset", lambda self: TenantQuerySet(self.model, using=self._db))
    with tenant_scope(here):
        assert Partner.objects.get().key == "theirs"
