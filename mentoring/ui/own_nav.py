"""What stands at the foot of every page, whoever looks."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from mentoring.ui.nav import NavItem, register_foot


def foot_items(request: HttpRequest) -> Iterator[NavItem]:
    """What becomes of what one writes."""
    yield NavItem(_("Privacy"), reverse("ui:privacy"), "lock", 90)


register_foot(foot_items)
