"""Whole addresses, as messages need them."""

from django.conf import settings
from django.urls import reverse

from mentoring.tenancy.scope import current_organisation


def path_to(name: str, *parts: object) -> str:
    """The path of a named page of the open organisation."""
    return reverse(name, args=[current_organisation().slug, *parts])


def link(name: str, *parts: object) -> str:
    """The address of a named page of the open organisation, with the site in front."""
    return f"{settings.SITE_URL}{path_to(name, *parts)}"
