"""Three states, no fourth: unset refuses, an organisation shows itself alone, the platform needs a reason."""

import asyncio
import threading

import pytest

from mentoring.tenancy.models import Organisation, Partner
from mentoring.tenancy.scope import (
    Platform,
    ScopeError,
    Tenant,
    current_organisation,
    current_tenant,
    no_scope,
    platform_scope,
    scoped_steps,
    state,
    tenant_scope,
)
from tests.factories import OrganisationFactory, PartnerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(db):
    one, other = OrganisationFactory(), OrganisationFactory()
    for organisation in (one, other):
        with tenant_scope(organisation):
            PartnerFactory(key=organisation.slug)
    return one, other


def keys():
    return list(Partner.objects.values_list("key", flat=True))


def test_nothing_is_open_by_default():
    assert state() is None
    with pytest.raises(ScopeError):
        current_tenant()
    with pytest.raises(ScopeError):
        current_organisation()
    with pytest.raises(ScopeError):
        Partner.objects.all()


@pytest.mark.parametrize("nobody", [None, Organisation(slug="unsaved", pk=None)])
def test_no_organisation_is_not_every_organisation(nobody):
    with pytest.raises(ScopeError), tenant_scope(nobody):
        pass


def test_a_nested_scope_gives_way_to_the_outer_one_again(two):
    one, other = two
    with tenant_scope(one):
        assert keys() == [one.slug]
        with tenant_scope(other):
            assert keys() == [other.slug]
        assert keys() == [one.slug]
        with no_scope(), pytest.raises(ScopeError):
            keys()
        assert keys() == [one.slug]
    assert state() is None


def test_an_error_inside_restores_what_was_open(two):
    one, other = two
    with tenant_scope(one):
        with pytest.raises(ZeroDivisionError), tenant_scope(other):
            raise ZeroDivisionError
        assert keys() == [one.slug]
    assert state() is None


@pytest.mark.postgres
def test_on_postgresql_an_error_takes_back_what_the_scope_wrote(two):
    one, other = two
    with tenant_scope(one):
        with pytest.raises(ZeroDivisionError), tenant_scope(other):
            _writes_and_fails()
        assert keys() == [one.slug]
    with tenant_scope(other):
        assert keys() == [other.slug]


def _writes_and_fails():
    PartnerFactory(key="never")
    raise ZeroDivisionError


def test_the_platform_needs_a_reason_that_says_something():
    for reason in ("", "  "):
        with pytest.raises(ScopeError), platform_scope(reason):
            pass
    with platform_scope("flush") as platform:
        assert state() == platform == Platform("flush")
        with pytest.raises(ScopeError):
            current_tenant()


def test_a_new_thread_starts_with_nothing_open(two):
    found = []
    with tenant_scope(two[0]):
        thread = threading.Thread(target=lambda: found.append(state()))
        thread.start()
        thread.join()
    assert found == [None]


def test_a_scope_that_a_task_opens_stays_in_that_task(two):
    one, _other = two

    async def opens():
        from mentoring.tenancy.scope import _entered

        with _entered(Tenant(one)):
            await asyncio.sleep(0)
            assert state() == Tenant(one)

    async def both():
        async def looks_on():
            seen = []
            for _ in range(3):
                seen.append(state())
                await asyncio.sleep(0)
            return seen

        _, seen = await asyncio.gather(opens(), looks_on())
        return seen

    assert asyncio.run(both()) == [None, None, None]


def test_a_query_is_refused_where_another_organisation_is_open_by_then(two):
    one, other = two
    with tenant_scope(one):
        lazy = Partner.objects.order_by("key")
    with tenant_scope(other), pytest.raises(ScopeError):
        list(lazy)
    with pytest.raises(ScopeError):
        list(lazy)
    with tenant_scope(one):
        assert [partner.key for partner in lazy] == [one.slug]


def test_streamed_steps_open_their_organisation_and_close_it_in_between(two):
    one, other = two
    first = scoped_steps(one, keys_one_by_one)
    second = scoped_steps(other, keys_one_by_one)
    assert next(first) == one.slug
    assert state() is None
    assert next(second) == other.slug
    assert list(first) == []
    assert list(second) == []
    assert state() is None


def keys_one_by_one():
    yield from Partner.objects.values_list("key", flat=True).iterator()


def test_abandoned_steps_leave_nothing_open(two):
    steps = scoped_steps(two[0], keys_one_by_one)
    next(steps)
    steps.close()
    assert state() is None
