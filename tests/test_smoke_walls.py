"""The first proof that a scope is needed and that it shows one organisation only (more in tests/tenancy)."""

import pytest

from mentoring.tenancy.models import Partner
from mentoring.tenancy.scope import ScopeError, tenant_scope
from tests.factories import OrganisationFactory, PartnerFactory


@pytest.mark.django_db
def test_a_scope_shows_its_own_rows_and_no_others():
    one, two = OrganisationFactory(), OrganisationFactory()
    with tenant_scope(one):
        mine = PartnerFactory(key="mine")
    with tenant_scope(two):
        PartnerFactory(key="theirs")
    with tenant_scope(one):
        assert list(Partner.objects.all()) == [mine]
    with pytest.raises(ScopeError):
        list(Partner.objects.all())
