"""A person's own data, and ending their sign-ins."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Lower

from mentoring.accounts.models import User
from mentoring.accounts.models.user import normal_email
from mentoring.tenancy.models import Membership

PROFILE_FIELDS = frozenset({"given_name", "family_name", "zone", "language"})


@transaction.atomic
def change_profile(*, user: User, actor: User, **values: str) -> User:
    """Change what a person says about themselves: any of ``PROFILE_FIELDS``. Raises ``ValueError`` for other names."""
    if unknown := values.keys() - PROFILE_FIELDS:
        raise ValueError(f"A profile has no {', '.join(sorted(unknown))}.")
    for name, value in values.items():
        setattr(user, name, value)
    user.save(update_fields=list(values))
    return user


def account_of(email: str) -> User | None:
    """The account that answers to an address, whatever its case; a person's further addresses count once proven.

    The one look-up for whoever gives somebody a place by their address: with two, a person would get a second account.
    """
    address = normal_email(email)
    found = User.objects.alias(lower=Lower("email")).filter(lower=address).first()
    if found is None:
        further = EmailAddress.objects.filter(email__iexact=address, verified=True).select_related("user").first()
        found = further.user if further else None
    return found


def addresses_of(user: User) -> list[str]:
    """The addresses a person answers to: their main one, and further ones once proven. The other way round of ``account_of``."""
    further = EmailAddress.objects.filter(user=user, verified=True).order_by("email").values_list("email", flat=True)
    return list(dict.fromkeys([normal_email(user.email), *map(normal_email, further)]))


@transaction.atomic
def find_or_make_account(*, email: str, given_name: str, family_name: str, zone: str, language: str) -> User:
    """The account that answers to an address (``account_of``); a new one when there is none.

    An account that exists keeps its own name and zone. A new one has no password and proves its address by signing in.
    """
    found = account_of(email)
    if found is not None:
        return found
    return User.objects.create_user(email, given_name=given_name, family_name=family_name, zone=zone, language=language)


def prove_address(user: User) -> None:
    """Count a person's main address as theirs: they came by something that was sent to it."""
    EmailAddress.objects.filter(user=user, primary=True).update(verified=True)


def end_sign_ins(*, user: User) -> None:
    """End every sign-in of a person, on all devices, from their next request on."""
    User.objects.filter(pk=user.pk).update(sign_in_epoch=F("sign_in_epoch") + 1)
    user.refresh_from_db(fields=["sign_in_epoch"])


def memberships_of(user: User) -> QuerySet[Membership]:
    """A person's active memberships in active organisations, by name."""
    rows = Membership.objects.filter(user=user, is_active=True, organisation__is_active=True)
    return rows.select_related("organisation").order_by("organisation__name")
