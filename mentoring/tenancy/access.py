"""What a view asks of its visitor. Default is deny: a view that declares nothing fails at start-up (``checks.py``)."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

import rules
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

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


def may(request: HttpRequest, permission: str, thing: Any = None) -> bool:
    """Whether the rules give the visitor a permission, to show or leave out what leads there.

    Every room asks here and none asks ``user.has_perm``: that lets Django's superusers through, and being an operator of
    the installation opens nothing of what people wrote.
    """
    return rules.has_perm(permission, request.user, thing)


def require(request: HttpRequest, permission: str, thing: Any = None) -> None:
    """Refuse with 403 what one may see but not do."""
    if not may(request, permission, thing):
        raise PermissionDenied
