"""Who leads a partner's people in a programme, and where word goes while nobody does (``gla.must.51``)."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from mentoring.accounts.models import User
from mentoring.tenancy.models import Partner
from programmes.enums import ProgrammeRole
from programmes.models import Assignment, Programme
from templates_app.domain.kits import kit_of


def leads_of(programme: Programme, partners: Iterable[UUID]) -> dict[UUID, list[User]]:
    """Partner → its leads who are here, in the order in which they were named. One query."""
    rows = Assignment.objects.filter(
        programme=programme,
        role=ProgrammeRole.PARTNER_LEAD,
        partner__in=list(partners),
        membership__is_active=True,
        membership__typed_address="",
    ).select_related("membership__user")
    found: dict[UUID, list[User]] = defaultdict(list)
    for row in rows.order_by("created_at", "pk"):
        if row.partner_id is not None:
            found[row.partner_id].append(row.membership.user)
    return dict(found)


def mailbox_of(programme: Programme, partner: Partner | None) -> str:
    """Where word goes that has no lead: the partner's own mailbox, else the programme's; empty where there is neither."""
    own = partner.mailbox if partner is not None else ""
    return own or kit_of(programme.handbook).concerns.mailbox
