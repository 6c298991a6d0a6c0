"""The partners that put people forward."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils.text import slugify

from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.tenancy.models import Partner
from mentoring.tenancy.scope import current_organisation

KEY_LENGTH = 60


def partners() -> QuerySet[Partner]:
    """The open organisation's partners, by name."""
    return Partner.objects.all()


def get_partner(partner_id: UUID) -> Partner:
    """One partner of the open organisation. Raises ``Http404``."""
    found = Partner.objects.filter(pk=partner_id).first()
    if found is None:
        raise Http404
    return found


@transaction.atomic
def add_partner(*, name: str, short: str, actor: User, mailbox: str = "") -> Partner:
    """Add a partner. Its key, which files and exports use, is made of the name and never changes."""
    partner = Partner.objects.create(key=_free_key(short or name), name=name, short=short, mailbox=mailbox)
    record_event("partner.added", partner, actor=actor, within=current_organisation(), name=name)
    return partner


@transaction.atomic
def rename_partner(*, partner: Partner, name: str, short: str, actor: User, mailbox: str = "") -> Partner:
    """Give a partner another name or mailbox; whom it put forward stays with it."""
    before = partner.name
    partner.name, partner.short, partner.mailbox = name, short, mailbox
    partner.save(update_fields=["name", "short", "mailbox"])
    record_event("partner.renamed", partner, actor=actor, within=current_organisation(), before=before, name=name)
    return partner


def _free_key(word: str) -> str:
    made = slugify(word).replace("_", "-").strip("-")
    stem = (made if made[:1].isalpha() else f"partner-{made}")[: KEY_LENGTH - 4].strip("-")
    taken = set(Partner.objects.filter(key__startswith=stem).values_list("key", flat=True))
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key
