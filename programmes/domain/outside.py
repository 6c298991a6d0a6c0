"""Links for somebody outside: without an account, to one page that shows nothing else.

A link's token is random and signed for one purpose; we keep its hash. A room has a model of its own for its links
(``OutsideLink``), and says itself what ends them.
"""

import datetime as dt
import secrets
from enum import StrEnum
from typing import Any, TypeVar

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet

from mentoring import clock
from programmes.domain.invitations import token_hash
from programmes.models.outside import OutsideLink

Link = TypeVar("Link", bound=OutsideLink)


class Unusable(StrEnum):
    """Why a link leads nowhere."""

    UNKNOWN = "unknown"
    DECIDED = "decided"
    EXPIRED = "expired"
    REVOKED = "revoked"


class LinkUnusable(Exception):
    """A link that cannot be used. ``about`` is what it was sent for, unless it is unknown."""

    def __init__(self, reason: Unusable, about: Any = None) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.about = about


def new_token(purpose: str) -> str:
    """A token for one link: random, and signed for this purpose alone."""
    return Signer(salt=purpose).sign(secrets.token_urlsafe(32))


def make_link(links: type[OutsideLink], *, purpose: str, days: int, **about: Any) -> tuple[str, dt.datetime]:
    """A new link that works for so many days: its token, which is kept nowhere, and until when."""
    token, until = new_token(purpose), clock.now() + dt.timedelta(days=days)
    links.objects.create(token_hash=token_hash(token), expires_at=until, **about)
    return token, until


def link_of(token: str, rows: QuerySet[Link], *, purpose: str) -> Link:
    """The link behind a token, usable or not. Raises ``LinkUnusable`` for one that was never given for this purpose."""
    try:
        Signer(salt=purpose).unsign(token)
    except BadSignature as fault:
        raise LinkUnusable(Unusable.UNKNOWN) from fault
    found = rows.filter(token_hash=token_hash(token)).first()
    if found is None:
        raise LinkUnusable(Unusable.UNKNOWN)
    return found


def end_links(rows: QuerySet[Any]) -> None:
    """These links open nothing any more."""
    rows.filter(revoked_at=None).update(revoked_at=clock.now())


def has_run_out(link: OutsideLink) -> bool:
    """Whether the link's days are over."""
    return link.expires_at <= clock.now()
