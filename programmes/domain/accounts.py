"""Accounts of people who join: finding them by address, and making new ones."""

from allauth.account.models import EmailAddress
from django.db.models.functions import Lower

from mentoring.accounts.domain.people import prove_address
from mentoring.accounts.models import User
from mentoring.accounts.models.user import normal_email


def account_of(email: str) -> User | None:
    """The account that answers to an address, whatever its case; further verified addresses of a person count."""
    found = User.objects.alias(address=Lower("email")).filter(address=normal_email(email)).first()
    if found is None:
        address = EmailAddress.objects.filter(email__iexact=email, verified=True).select_related("user").first()
        found = address.user if address else None
    return found


def answers_to(user: User, email: str) -> bool:
    """Whether an address is this person's own."""
    found = account_of(email)
    return found is not None and found.pk == user.pk


def make_account(*, email: str, given_name: str, family_name: str, zone: str, language: str) -> User:
    """An account for somebody who came by a link sent to this address, which thereby counts as verified.

    Raises ``IntegrityError`` when one with this address was made meanwhile.
    """
    user = User.objects.create_user(
        normal_email(email), given_name=given_name, family_name=family_name, zone=zone, language=language
    )
    prove_address(user)
    return user
