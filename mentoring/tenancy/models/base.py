"""The base of every tenant-owned model."""

import uuid
from typing import Any

from django.db import models

from mentoring import clock
from mentoring.tenancy.enums import Tenancy
from mentoring.tenancy.managers import References, TenantManager, check_references, tenant_relations
from mentoring.tenancy.scope import Platform, ScopeError, current_tenant, state


class TenantModel(models.Model):
    """A row that belongs to one organisation for ever. Ids are random, so they tell neither number nor order."""

    tenancy = Tenancy.TENANT

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("tenancy.Organisation", models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = TenantManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save a row of the open organisation; references to rows of another are refused."""
        if not isinstance(state(), Platform):
            self._check_tenancy(kwargs.get("update_fields"))
        super().save(*args, **kwargs)

    @classmethod
    def from_db(cls, db: Any, field_names: Any, values: Any) -> Any:
        """Remember which rows this one pointed at, so that only new references are looked up on saving."""
        row = super().from_db(db, field_names, values)
        row._kept = {f.attname: row.__dict__.get(f.attname) for f in tenant_relations(cls)}
        return row

    def _check_tenancy(self, update_fields: Any) -> None:
        tenant_id = current_tenant().id
        if self.organisation_id is None:
            self.organisation_id = tenant_id
        if self.organisation_id != tenant_id:
            raise ScopeError(f"A {self._meta.verbose_name} of another organisation cannot be written here.")
        check_references(type(self), self._new_references(update_fields))

    def _new_references(self, update_fields: Any) -> References:
        """The references that saving would write and that are not known yet to stay inside the organisation."""
        kept = {} if self._state.adding else getattr(self, "_kept", {})
        unknown: References = {}
        for field in tenant_relations(type(self)):
            named = update_fields is None or field.name in update_fields or field.attname in update_fields
            value = self.__dict__.get(field.attname)
            if not named or value is None or kept.get(field.attname) == value:
                continue
            related = field.get_cached_value(self, default=None)
            if related is None:
                unknown[field] = {value}
            elif related.organisation_id != self.organisation_id:
                raise ScopeError(f"{self._meta.label}.{field.name} points at another organisation's row.")
        return unknown
