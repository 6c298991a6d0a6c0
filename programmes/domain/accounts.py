"""Accounts of people who join: whether an address is theirs, and making new ones."""

from mentoring.accounts.domain.people import account_of, prove_address
from mentoring.accounts.models import User
from mentoring.accounts.models.user import normal_email


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
