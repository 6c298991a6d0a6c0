"""Where the visitor belongs: read once, as they come in, and then asked by whoever draws their page."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from mentoring.tenancy.models import Membership


def read_memberships(user: Any) -> Sequence[Membership]:
    """A person's active memberships in active organisations, by name. One query; the person's object keeps them."""
    rows = Membership.objects.filter(user=user, is_active=True, organisation__is_active=True)
    found = list(rows.select_related("organisation").order_by("organisation__name"))
    for row in found:
        row.user = user
    user.__dict__["_memberships"] = found
    return found


def known_memberships(user: Any) -> Sequence[Membership]:
    """Those that were read; none for somebody who came into no organisation."""
    return user.__dict__.get("_memberships", ())


def active_membership(user: Any, organisation_id: UUID) -> Membership | None:
    """Somebody's active membership of an organisation; no query where it was read as they came in."""
    known = next((row for row in known_memberships(user) if row.organisation_id == organisation_id), None)
    rows = Membership.objects.filter(user=user, organisation_id=organisation_id, is_active=True)
    return known or rows.first()


def forget_memberships(user: Any) -> None:
    """Drop what was read, after a verb changed it."""
    user.__dict__.pop("_memberships", None)
