"""The application wall: what is read is filtered, what is written is stamped and checked, on both engines."""

import pytest
from django.db import models

from mentoring.tenancy.managers import tenant_relations
from mentoring.tenancy.models import Membership, Partner
from mentoring.tenancy.scope import ScopeError, tenant_scope
from programmes.models import Assignment, Cohort, Programme
from templates_app.models import Handbook
from tests.factories import CohortFactory, MembershipFactory, OrganisationFactory, PartnerFactory, ProgrammeFactory
from tests.tenancy.filling import fill, tenant_models

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(db):
    return OrganisationFactory(slug="here")


@pytest.fixture
def there(db):
    return OrganisationFactory(slug="there")


@pytest.fixture
def theirs(there):
    """A programme with a cohort next door."""
    with tenant_scope(there):
        return CohortFactory(title="theirs")


def test_every_table_shows_its_own_rows_only(here, there):
    shown = {}
    for model in tenant_models():
        with tenant_scope(there):
            other = fill(model)
        with tenant_scope(here):
            rows = model._base_manager.filter(pk=other.pk)
            shown[model.__name__] = (rows.exists(), rows.count(), list(rows), rows.update(created_at=other.created_at))
    assert {name for name, seen in shown.items() if seen != (False, 0, [], 0)} == set()
    assert len(shown) > 30


def test_create_stamps_the_open_organisation(here):
    with tenant_scope(here):
        assert Partner.objects.create(key="usp", name="USP").organisation == here
        partner = Partner(key="adb", name="ADB")
        partner.save()
        assert partner.organisation_id == here.pk
        made, _new = Partner.objects.get_or_create(key="wb", defaults={"name": "World Bank"})
        assert made.organisation_id == here.pk
        changed, _new = Partner.objects.update_or_create(key="wb", defaults={"name": "The World Bank"})
        assert (changed.pk, changed.organisation_id) == (made.pk, here.pk)
        [many] = Partner.objects.bulk_create([Partner(key="sprep", name="SPREP")])
        assert many.organisation_id == here.pk


def test_a_row_of_another_organisation_is_not_written(here, there):
    with tenant_scope(there):
        stranger = PartnerFactory(key="stranger", name="Before")
    with tenant_scope(here):
        for write in (
            lambda: Partner.objects.create(key="x", name="X", organisation=there),
            lambda: Partner(key="x", name="X", organisation=there).save(),
            lambda: Partner.objects.bulk_create([Partner(key="x", name="X", organisation=there)]),
            stranger.save,
            lambda: Partner.objects.bulk_update([stranger], ["name"]),
            lambda: Partner.objects.update(organisation=there),
            lambda: Partner.objects.update(organisation_id=there.pk),
            lambda: Partner.objects.bulk_update([], ["organisation"]),
        ):
            with pytest.raises(ScopeError):
                write()
        assert Partner.objects.filter(pk=stranger.pk).delete() == (0, {})
    with tenant_scope(there):
        assert [partner.name for partner in Partner.objects.all()] == ["Before"]


def test_a_row_never_moves(here, there):
    with tenant_scope(here):
        partner = PartnerFactory(key="mine")
        partner.organisation = there
        with pytest.raises(ScopeError):
            partner.save()
    with tenant_scope(there), pytest.raises(ScopeError):
        Partner.objects.filter(pk=partner.pk).update(organisation=there)


def test_references_stay_inside(here, theirs):
    with tenant_scope(here):
        mine = CohortFactory()
        programme = mine.programme
        other = ProgrammeFactory()
        for write in (
            lambda: Cohort.objects.create(programme=theirs.programme, slug="a", title="A", **days(mine)),
            lambda: Cohort.objects.create(programme_id=theirs.programme_id, slug="b", title="B", **days(mine)),
            lambda: Cohort.objects.bulk_create(
                [Cohort(programme_id=theirs.programme_id, slug="c", title="C", **days(mine))]
            ),
            lambda: Cohort.objects.filter(pk=mine.pk).update(programme=theirs.programme_id),
            lambda: Cohort.objects.filter(pk=mine.pk).update(programme_id=theirs.programme),
            lambda: Cohort.objects.get_or_create(
                slug="d", defaults={"programme_id": theirs.programme_id, **days(mine)}
            ),
            lambda: Cohort.objects.update_or_create(slug=mine.slug, defaults={"programme_id": theirs.programme_id}),
            lambda: save_with(mine, theirs.programme_id),
            lambda: bulk_update_with(mine, theirs.programme_id),
        ):
            with pytest.raises(ScopeError):
                write()
        assert set(Cohort.objects.values_list("programme_id", flat=True)) == {programme.pk}
        save_with(mine, other.pk)
        assert Cohort.objects.get().programme == other


def days(cohort):
    return {"starts_on": cohort.starts_on, "ends_on": cohort.ends_on, "zone": "UTC"}


def save_with(cohort, programme_id):
    fresh = Cohort.objects.get(pk=cohort.pk)
    fresh.programme_id = programme_id
    fresh.save()


def bulk_update_with(cohort, programme_id):
    fresh = Cohort.objects.get(pk=cohort.pk)
    fresh.programme_id = programme_id
    Cohort.objects.bulk_update([fresh], ["programme"])


def test_a_membership_of_another_organisation_cannot_be_given_a_role(here, there):
    with tenant_scope(there):
        stranger = MembershipFactory()
    with tenant_scope(here):
        programme = ProgrammeFactory()
        for reference in ({"membership": stranger}, {"membership_id": stranger.pk}):
            with pytest.raises(ScopeError):
                Assignment.objects.create(programme=programme, role="coordinator", **reference)


def test_every_reference_between_tenant_rows_is_refused_across(here, there):
    """For each foreign key of each table: a saved row is pointed at the neighbour's row."""
    accepted = []
    for model in tenant_models():
        for field in tenant_relations(model):
            with tenant_scope(there):
                target = made(field.related_model)
            with tenant_scope(here):
                row = fill(model)
                try:
                    model._base_manager.filter(pk=row.pk).update(**{field.attname: target.pk})
                except ScopeError:
                    continue
                accepted.append(f"{model.__name__}.{field.name}")
    assert accepted == []


def made(model):
    return MembershipFactory() if model is Membership else fill(model)


def test_saving_a_loaded_row_looks_up_only_new_references(here, django_assert_num_queries):
    with tenant_scope(here):
        pk = CohortFactory().pk
        other = ProgrammeFactory().pk
        cohort = Cohort.objects.get(pk=pk)
        with django_assert_num_queries(1):
            cohort.save()
        cohort.programme_id = other
        with django_assert_num_queries(2):
            cohort.save()


def test_forward_relations_come_from_the_open_organisation(here, theirs):
    with tenant_scope(theirs.organisation):
        cohort = Cohort.objects.get(pk=theirs.pk)
    with tenant_scope(here), pytest.raises(Programme.DoesNotExist):
        cohort.programme  # noqa: B018 - loading it is the point
    with pytest.raises(ScopeError):
        cohort.programme  # noqa: B018 - loading it is the point


def test_raw_sql_through_a_manager_is_refused(here):
    with tenant_scope(here), pytest.raises(ScopeError):
        Handbook.objects.raw("SELECT * FROM templates_app_handbook")


def test_no_table_is_joined_by_an_automatic_one():
    """A join table that Django makes by itself would have no organisation."""
    automatic = [
        f"{model.__name__}.{field.name}"
        for model in tenant_models()
        for field in model._meta.get_fields(include_hidden=True)
        if isinstance(field, models.ManyToManyField) and field.remote_field.through._meta.auto_created
    ]
    assert automatic == []
