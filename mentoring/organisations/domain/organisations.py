"""Creating and changing organisations."""

import datetime as dt
import hashlib
import secrets
import uuid

from django.db import transaction
from django.utils.text import slugify

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.tenancy import keys
from mentoring.tenancy.models import Membership, Organisation, OrganisationInvitation
from mentoring.tenancy.scope import tenant_scope
from mentoring.words.terms import Words, as_kept, bare_language

INVITATION_LASTS = dt.timedelta(days=7)
SETTINGS = frozenset({"name", "zone", "language", "accent"})
RESERVED_SLUGS = frozenset({"new", "admin", "demo", "api", "static", "accounts", "me"})
SLUG_LENGTH = 50


class InvitationSpent(Exception):
    """The operator's invitation has been used, has run out, or never was."""


@transaction.atomic
def create_organisation(
    *,
    slug: str,
    name: str,
    zone: str,
    language: str,
    accent: str,
    first_admin: User,
    actor: User | None,
    token: str = "",
) -> Organisation:
    """Create an organisation with its own data key and its first admin.

    With a ``token`` the operator's invitation is used up; raises ``InvitationSpent`` when there is none to use, also when
    two people use the same one at the same moment. Raises ``IntegrityError`` for an address that is taken.
    """
    if token:
        _use_invitation(token)
    pk = uuid.uuid4()
    organisation = Organisation.objects.create(
        pk=pk,
        slug=slug,
        name=name,
        zone=zone,
        language=language,
        accent=accent,
        sealed_data_key=keys.new_wrapped_key(pk),
    )
    membership = Membership.objects.create(organisation=organisation, user=first_admin, is_admin=True)
    with tenant_scope(organisation):
        record_event("organisation.created", organisation, actor=actor)
        record_event("member.added", membership, actor=actor, within=organisation, name=first_admin.name)
    return organisation


@transaction.atomic
def change_organisation(*, organisation: Organisation, actor: User, **values: str) -> Organisation:
    """Change any of ``SETTINGS`` of the open organisation. Its address stays: links in mails lead there."""
    if unknown := values.keys() - SETTINGS:
        raise ValueError(f"An organisation has no {', '.join(sorted(unknown))} to change.")
    changed = {name: value for name, value in values.items() if getattr(organisation, name) != value}
    for name, value in changed.items():
        setattr(organisation, name, value)
    if changed:
        organisation.save(update_fields=list(changed))
        record_event("organisation.changed", organisation, actor=actor, fields=sorted(changed))
    return organisation


@transaction.atomic
def change_words(*, organisation: Organisation, language: str, words: Words, actor: User) -> Organisation:
    """Say these words in this language from now on; none at all are the application's own.

    What was written down keeps the words it was written in: letters that went, agreements in force, handbooks.
    """
    kept = {**organisation.words, bare_language(language): as_kept(words)}
    kept = {spoken: names for spoken, names in kept.items() if names}
    if kept != organisation.words:
        Organisation.objects.filter(pk=organisation.pk).update(words=kept)
        record_event("organisation.reworded", organisation, actor=actor)
    return Organisation.objects.get(pk=organisation.pk)


def suggest_slug(name: str) -> str:
    """A free address made of the name; ``organisation-2`` where the name has no letters that an address can hold."""
    stem = slugify(name)[: SLUG_LENGTH - 4].strip("-") or "organisation"
    candidate, number = stem, 1
    while not slug_is_free(candidate):
        number += 1
        candidate = f"{stem}-{number}"
    return candidate


def slug_is_free(slug: str) -> bool:
    """Whether an organisation may have this address."""
    return slug not in RESERVED_SLUGS and not Organisation.objects.filter(slug=slug).exists()


def invite_organisation(*, email: str = "") -> str:
    """The operator's leave to create one organisation; returns the token for the link, which is kept nowhere."""
    token = secrets.token_urlsafe(24)
    OrganisationInvitation.objects.create(
        token_hash=_hash(token), email=email, expires_at=clock.now() + INVITATION_LASTS
    )
    return token


def usable_invitation(token: str) -> OrganisationInvitation | None:
    """The invitation of that token, if it is neither used nor expired."""
    return OrganisationInvitation.objects.filter(
        token_hash=_hash(token), used_at__isnull=True, expires_at__gt=clock.now()
    ).first()


def _use_invitation(token: str) -> None:
    found = usable_invitation(token)
    # Compare and swap: of two who use it at the same moment one gets it.
    if found is None or not OrganisationInvitation.objects.filter(pk=found.pk, used_at=None).update(
        used_at=clock.now()
    ):
        raise InvitationSpent


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def rewrap_data_keys() -> int:
    """Wrap every organisation's data key by the installation's newest key; former keys can then go. Returns how many."""
    rows = list(Organisation.objects.only("pk", "sealed_data_key"))
    for organisation in rows:
        organisation.sealed_data_key = keys.rewrap(bytes(organisation.sealed_data_key), organisation.pk)
        organisation.save(update_fields=["sealed_data_key"])
    return len(rows)
