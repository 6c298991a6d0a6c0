"""Ways to what an admin looks after, and from one organisation to another."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from mentoring.accounts.domain.people import memberships_of
from mentoring.tenancy.belonging import known_memberships
from mentoring.ui.home import register_home
from mentoring.ui.nav import NavItem, register_account, register_nav


def _is_admin(request: HttpRequest) -> bool:
    membership = getattr(request, "membership", None)
    return membership is not None and membership.is_admin


@register_nav
def organisation(request: HttpRequest) -> Iterator[NavItem]:
    """The organisation itself, for its admins."""
    if _is_admin(request):
        url = reverse("organisations:settings", args=[request.organisation.slug])
        yield NavItem(_("Organisation"), url, "building-2", 90)


@register_account
def others(request: HttpRequest) -> Iterator[NavItem]:
    """The person's other organisations."""
    if not request.user.is_authenticated:
        return
    here = getattr(request, "organisation", None)
    for membership in known_memberships(request.user) or memberships_of(request.user):
        if membership.organisation != here:
            url = reverse("organisations:home", args=[membership.organisation.slug])
            yield NavItem(membership.organisation.name, url, "building-2", 40)


def home(request: HttpRequest) -> str | None:
    """Admins without another place of theirs begin with the settings."""
    return reverse("organisations:settings", args=[request.organisation.slug]) if _is_admin(request) else None


register_home(30, home)
