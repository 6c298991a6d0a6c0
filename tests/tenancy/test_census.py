"""Every table says whom its rows belong to, and every table of an organisation has its walls."""

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models import F, UniqueConstraint

from mentoring.tenancy.enums import Tenancy
from mentoring.tenancy.managers import TenantManager, tenant_relations
from mentoring.tenancy.models import Organisation, TenantModel
from tests.tenancy.filling import tenant_models

OTHERS = {
    "account.EmailAddress": "a person's addresses (allauth)",
    "account.EmailConfirmation": "a person's addresses (allauth)",
    "auth.Group": "unused, comes with Django's permissions",
    "auth.Permission": "unused, comes with Django's permissions",
    "accounts.User_groups": "unused, comes with Django's permissions",
    "accounts.User_user_permissions": "unused, comes with Django's permissions",
    "auth.Group_permissions": "unused, comes with Django's permissions",
    "contenttypes.ContentType": "names of tables",
    "sessions.Session": "sign-ins, needed before an organisation is known",
}
"""Tables of other packages, each with the reason why it may belong to no organisation."""


def ours():
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.label not in OTHERS]


def test_every_model_says_whom_its_rows_belong_to():
    silent = [model._meta.label for model in ours() if not isinstance(getattr(model, "tenancy", None), Tenancy)]
    assert silent == []


def test_the_list_of_other_packages_tables_holds_nothing_else():
    assert set(OTHERS) <= {model._meta.label for model in apps.get_models(include_auto_created=True)}


def test_every_row_of_an_organisation_says_which_and_for_ever():
    for model in tenant_models():
        field = model._meta.get_field("organisation")
        assert issubclass(model, TenantModel), model
        assert field.related_model is Organisation, model
        assert not field.null, model
        assert not field.editable, model
        assert isinstance(model._default_manager, TenantManager), model
        assert isinstance(model._base_manager, TenantManager), model


def test_what_must_be_unique_is_unique_within_an_organisation():
    """A key across organisations would tell one of them what another has."""
    faults = []
    for model in tenant_models():
        faults += [f"{model.__name__}.{field.name}" for field in model._meta.local_fields if _unique_alone(field)]
        faults += [f"{model.__name__}: {names}" for names in model._meta.unique_together]
        for constraint in model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and not _within_organisation(constraint):
                faults.append(f"{model.__name__}: {constraint.name}")
    assert faults == []


def _unique_alone(field):
    """Primary keys are random, and so are the rows that a one-to-one key names: a clash tells nothing."""
    random = field.primary_key or (isinstance(field, models.OneToOneField) and field in tenant_relations(field.model))
    return field.unique and not random


def _within_organisation(constraint):
    if constraint.expressions:
        return F("organisation") in constraint.expressions
    return constraint.fields[0] == "organisation"


def test_every_index_begins_with_the_organisation():
    late = [
        f"{model.__name__}: {index.name}"
        for model in tenant_models()
        for index in model._meta.indexes
        if index.fields and index.fields[0] != "organisation"
    ]
    assert late == []


def test_every_relation_among_rows_of_an_organisation_is_known():
    """Other relations lead to people and to the organisation itself, and to nothing else."""
    targets = {
        field.related_model._meta.label
        for model in tenant_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field not in tenant_relations(model)
    }
    assert targets == {"tenancy.Organisation", "accounts.User"}


@pytest.mark.postgres
@pytest.mark.django_db
def test_every_table_of_an_organisation_has_its_policy():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid "
            "WHERE c.relrowsecurity AND c.relforcerowsecurity AND p.polname = 'organisation_wall' "
            "AND p.polcmd = '*' AND p.polpermissive AND p.polqual IS NOT NULL AND p.polwithcheck IS NOT NULL"
        )
        walled = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT polrelid::regclass::text FROM pg_policy WHERE polname <> 'organisation_wall'")
        assert cursor.fetchall() == []
    assert {model._meta.db_table for model in tenant_models()} == walled


@pytest.mark.postgres
@pytest.mark.django_db
def test_every_reference_between_organisations_rows_has_a_twin():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.conrelid::regclass::text, c.confrelid::regclass::text, "
            "(SELECT array_agg(a.attname::text ORDER BY k.n) FROM unnest(c.conkey) WITH ORDINALITY k(num, n) "
            " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.num) "
            "FROM pg_constraint c WHERE c.contype = 'f' AND cardinality(c.conkey) = 2 AND c.condeferrable AND c.condeferred"
        )
        twins = {(table, target, tuple(columns)) for table, target, columns in cursor.fetchall()}
    wanted = {
        (model._meta.db_table, field.related_model._meta.db_table, ("organisation_id", field.column))
        for model in tenant_models()
        for field in tenant_relations(model)
    }
    assert wanted - twins == set()


@pytest.mark.postgres
@pytest.mark.django_db
def test_no_view_goes_round_the_policies():
    with connection.cursor() as cursor:
        cursor.execute("SELECT viewname FROM pg_views WHERE schemaname = 'public'")
        assert cursor.fetchall() == []
        cursor.execute("SELECT matviewname FROM pg_matviews WHERE schemaname = 'public'")
        assert cursor.fetchall() == []
        cursor.execute(
            "SELECT proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
            "WHERE n.nspname = 'public' AND p.prosecdef"
        )
        assert cursor.fetchall() == []
