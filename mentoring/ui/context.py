"""What the page frame knows: menus and brand, worked out only when the frame is drawn."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from mentoring.ui import nav
from mentoring.ui.accent import DEFAULT, accent_faults


@dataclass(frozen=True, slots=True)
class Brand:
    """Whose pages these are: a name, where it leads, and the address of its accent's stylesheet (empty for the default)."""

    name: str
    url: str
    accent_url: str


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``nav``, ``account_menu``, ``foot_menu`` and ``brand``."""
    return {
        "nav": SimpleLazyObject(lambda: nav.MAIN.items(request)),
        "account_menu": SimpleLazyObject(lambda: nav.ACCOUNT.items(request)),
        "foot_menu": SimpleLazyObject(lambda: nav.FOOT.items(request)),
        "brand": SimpleLazyObject(lambda: brand(request)),
    }


def brand(request: HttpRequest) -> Brand:
    """The organisation the request is in, or the installation itself outside of any."""
    organisation = getattr(request, "organisation", None)
    if organisation is None:
        return Brand(name=str(settings.SITE_NAME), url="/", accent_url="")
    return Brand(name=organisation.name, url=f"/o/{organisation.slug}/", accent_url=accent_url(organisation.accent))


def accent_url(colour: str) -> str:
    """The address of the stylesheet for an accent; empty for the default colour and for one that can't be used."""
    if not colour or colour.lower() == DEFAULT or accent_faults(colour):
        return ""
    return reverse("ui:accent", args=[colour[1:].lower()])
