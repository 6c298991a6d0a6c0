"""The organisations that carry a programme, where its handbook leaves them to be named."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from django.db import transaction

from mentoring.accounts.models import User
from mentoring.organisations.domain.partners import add_partner
from mentoring.tenancy.models import Partner
from programmes.domain.handbook.editing import locked, write_part
from programmes.models import HandbookEdit, Programme
from templates_app.domain.kits import kit_of
from templates_app.shapes import Kit
from templates_app.shapes import Partner as Shape

PARTNERS = "partners"


def left_to_name(kit: Kit) -> int:
    """How many organisations the handbook is made for that nobody has named yet."""
    return sum(not one.name for one in kit.partners)


def names_of_partners(kit: Kit) -> list[str]:
    """Those that it names itself."""
    return [one.name for one in kit.partners if one.name]


def with_named(stand: Sequence[Shape], names: Sequence[str], actor: User) -> list[Shape]:
    """The partners of a handbook with those that were left to be named: all that are named, and none without a name.

    Each becomes a partner of the open organisation, unless it is one already. Without names nothing changes.
    """
    if not names:
        return list(stand)
    blank = (one.source for one in stand if not one.name)
    found = [one for one in stand if one.name]
    for partner, source in zip_longest((_partner(name, actor) for name in names), blank):
        if partner is not None and partner.key not in {one.key for one in found}:
            marks: dict[str, Any] = {"source": source} if source else {"ours": True}
            found.append(Shape(key=partner.key, name=partner.name, short=partner.short, **marks))
    return found


def _partner(name: str, actor: User) -> Partner:
    return Partner.objects.filter(name__iexact=name).first() or add_partner(name=name, short="", actor=actor)


@transaction.atomic
def name_partners(*, programme: Programme, names: Sequence[str], actor: User) -> HandbookEdit | None:
    """Name the organisations that a programme's handbook left open. Returns ``None`` where nothing is named."""
    handbook = locked(programme)
    named = with_named(kit_of(handbook).partners, names, actor)
    return write_part(programme, handbook, PARTNERS, [one.model_dump(mode="json") for one in named], actor)
