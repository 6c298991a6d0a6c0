"""What a view asks of its visitor. Default is deny: a view that declares nothing fails at start-up (``checks.py``)."""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

View = TypeVar("View", bound=Callable)


class Access(StrEnum):
    """Who may come to a view at all. What they may see or do there is decided by queries and rules."""

    PUBLIC = "public"
    """Anyone, outside any organisation."""
    SIGNED_IN = "signed-in"
    """Anyone who is signed in, outside any organisation."""
    VISITOR = "visitor"
    """Anyone, inside an organisation's address: invitation links, calendar feeds. The view checks its own token."""
    MEMBER = "member"
    """Active members of the organisation in the address."""
    ADMIN = "admin"
    """Its admins."""
    DEMO = "demo"
    """Anyone, only where the demo is on; elsewhere the page does not exist."""


def access(level: Access) -> Callable[[View], View]:
    """Declare who may come to a view."""

    def declare(view: View) -> View:
        view.access = level  # type: ignore[attr-defined]
        return view

    return declare
