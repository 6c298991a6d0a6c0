"""Ways to one's own page and out, in the menu behind one's initials."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from mentoring.ui.nav import NavItem, register_account


@register_account
def person(request: HttpRequest) -> Iterator[NavItem]:
    """Profile and signing out."""
    if request.user.is_authenticated:
        yield NavItem(_("You and your settings"), reverse("accounts:me"), "user-round", 60, detail=request.user.email)
        yield NavItem(_("Sign out"), reverse("account_logout"), "log-out", 99, method="post")
