"""Who is or was somebody's mentoring partner. Pairings live in a room above this one, which says so at start-up."""

from collections.abc import Callable
from uuid import UUID

from mentoring.accounts.models import User

Partners = Callable[[User], frozenset[UUID]]
"""A person → the accounts of everybody who is or was in a pairing with them here."""

_provider: list[Partners] = []


def register_partners(provider: Partners) -> None:
    """Say who is whose partner. Registering again replaces the provider. For ``AppConfig.ready``."""
    _provider[:] = [provider]


def partners_of(user: User) -> frozenset[UUID]:
    """The accounts of everybody who is or was in a pairing with this person; nobody when no room above says otherwise."""
    return _provider[0](user) if _provider else frozenset()
