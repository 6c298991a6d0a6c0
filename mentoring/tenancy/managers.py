"""The manager of every tenant-owned model: filters what is read, stamps and checks what is written."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NoReturn
from uuid import UUID

from django.db import models
from django.db.models.expressions import Expression

from mentoring.tenancy.enums import Tenancy
from mentoring.tenancy.scope import Platform, ScopeError, Tenant, current_tenant, state

References = dict[models.ForeignKey, set[Any]]
"""Foreign key → the ids that are about to be written into it."""


class OpenOrganisation(Expression):
    """The id of the organisation that was open when a query was built; refuses to run when that one is not open any more.

    Querysets are lazy: without this, one built for an organisation and evaluated elsewhere would still read its rows.
    """

    def __init__(self, organisation_id: UUID) -> None:
        super().__init__(output_field=models.UUIDField())
        self.organisation_id = organisation_id

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """A parameter, as any literal would be."""
        scope = state()
        if not isinstance(scope, Platform) and (scope is None or scope.id != self.organisation_id):
            raise ScopeError("This query was made for an organisation that is not open now.")
        return "%s", [models.UUIDField().get_db_prep_value(self.organisation_id, connection)]


@lru_cache(maxsize=512)
def tenant_relations(model: type[models.Model]) -> list[models.ForeignKey]:
    """The foreign keys of ``model`` that point at rows with an organisation of their own."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and _has_organisation(field.related_model)
    ]


def _has_organisation(model: type[models.Model]) -> bool:
    return any(field.name == "organisation" for field in model._meta.concrete_fields)


def check_references(model: type[models.Model], references: References) -> None:
    """Raise ``ScopeError`` unless every referenced id is a row of the open organisation. One query a relation.

    On SQLite this is the wall; PostgreSQL has composite foreign keys beside it.
    """
    tenant_id = current_tenant().id
    for field, ids in references.items():
        wanted = ids - {None}
        if not wanted:
            continue
        # Said explicitly, because a membership has an organisation but no manager that filters by it.
        found = field.related_model._base_manager.filter(pk__in=wanted, organisation_id=tenant_id).count()
        if found != len(wanted):
            raise ScopeError(f"{model._meta.label}.{field.name} points at a row that this organisation does not have.")


class TenantQuerySet(models.QuerySet):
    """A queryset that never writes across organisations."""

    def create(self, **kwargs: Any) -> Any:
        """Create a row of the open organisation."""
        if "organisation" not in kwargs:
            kwargs.setdefault("organisation_id", current_tenant().id)
        return super().create(**kwargs)

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Create rows of the open organisation."""
        rows = list(objs)
        self._claim(rows)
        check_references(
            self.model, {f: {getattr(row, f.attname) for row in rows} for f in tenant_relations(self.model)}
        )
        return super().bulk_create(rows, *args, **kwargs)

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], *args: Any, **kwargs: Any) -> int:
        """Update many rows of the open organisation; the organisation itself never changes."""
        rows, names = list(objs), list(fields)
        self._claim(rows)
        self._refuse_moving(names)
        relations = [f for f in tenant_relations(self.model) if f.name in names or f.attname in names]
        check_references(self.model, {f: {getattr(row, f.attname) for row in rows} for f in relations})
        return super().bulk_update(rows, names, *args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        """Update rows; the organisation itself never changes, and references stay inside it."""
        if not isinstance(state(), Platform):
            self._refuse_moving(kwargs)
            relations = {name: f for f in tenant_relations(self.model) for name in (f.name, f.attname)}
            for name, value in kwargs.items():
                if name in relations and not hasattr(value, "resolve_expression"):
                    check_references(self.model, {relations[name]: {getattr(value, "pk", value)}})
        return super().update(**kwargs)

    def raw(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused: SQL written by hand has no filter."""
        raise ScopeError("An organisation's data is not read by raw SQL.")

    def _claim(self, rows: list[Any]) -> None:
        tenant_id = current_tenant().id
        for row in rows:
            row.organisation_id = row.organisation_id or tenant_id
            if row.organisation_id != tenant_id:
                raise ScopeError("A row of another organisation cannot be written here.")

    def _refuse_moving(self, names: Iterable[str]) -> None:
        if {"organisation", "organisation_id"} & set(names):
            raise ScopeError("A row never changes its organisation.")


class TenantManager(models.Manager.from_queryset(TenantQuerySet)):  # type: ignore[misc]
    """Only rows of the open organisation; raises ``ScopeError`` when none is open."""

    def get_queryset(self) -> TenantQuerySet:
        """The open organisation's rows."""
        scope = state()
        rows = super().get_queryset()
        if isinstance(scope, Tenant):
            return rows.filter(organisation_id=OpenOrganisation(scope.id))
        if isinstance(scope, Platform):
            return rows
        raise ScopeError(f"{self.model._meta.label} was queried, but no organisation is open.")


def is_tenant(model: type[models.Model]) -> bool:
    """Whether the rows of a model belong to one organisation each."""
    return getattr(model, "tenancy", None) is Tenancy.TENANT
