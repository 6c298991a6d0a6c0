"""Rows of any tenant model, made from its fields alone: so that every table can be probed, those of next year too."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import models

from mentoring.accounts.models import User
from mentoring.tenancy.fields import SealedFileField, SealedJSONField, SealedTextField
from mentoring.tenancy.managers import is_tenant
from mentoring.tenancy.models import Membership
from mentoring.tenancy.scope import current_organisation

NEEDED = {"pairs.SigningEvent": {"agreement"}}
"""Columns that may be empty, of which a row wants one all the same."""
EPOCH = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)


def tenant_models() -> list[type[models.Model]]:
    """Every model whose rows belong to one organisation each."""
    return [model for model in apps.get_models() if is_tenant(model)]


def fill(model: type[models.Model]) -> Any:
    """A saved row of the open organisation with something in every column, and fresh rows behind its foreign keys."""
    values: dict[str, Any] = {"organisation": current_organisation()}
    for position, field in enumerate(model._meta.concrete_fields):
        left_out = field.null and field.name not in NEEDED.get(model._meta.label, ())
        if field.name in {"id", "organisation", "created_at"} or left_out or field.has_default():
            continue
        values[field.name] = _value(field, position)
    return model._base_manager.create(**values)


def _value(field: models.Field, position: int) -> Any:
    if isinstance(field, models.ForeignKey):
        return _related(field.related_model)
    if field.choices:
        return field.choices[0][0]
    # Later columns get later times: tables check that an end comes after its beginning.
    later = EPOCH + dt.timedelta(days=position)
    made = {
        models.DateTimeField: later,
        models.DateField: later.date(),
        models.BooleanField: False,
        models.IntegerField: position,
        models.DecimalField: Decimal(position),
        models.UUIDField: uuid.uuid4(),
        models.JSONField: {},
        SealedFileField: b"sealed",
        SealedJSONField: {"words": "sealed"},
        SealedTextField: "sealed",
        models.EmailField: f"{uuid.uuid4().hex}@people.example",
        models.CharField: uuid.uuid4().hex[: field.max_length],
        models.TextField: "text",
    }
    return next(value for kind, value in made.items() if isinstance(field, kind))


def _related(model: type[models.Model]) -> Any:
    if is_tenant(model):
        return fill(model)
    if model is User:
        return User.objects.create_user(f"{uuid.uuid4().hex}@people.example")
    if model is Membership:
        return Membership.objects.create(organisation=current_organisation(), user=_related(User))
    raise AssertionError(f"Nobody has said how to make a {model.__name__}.")
