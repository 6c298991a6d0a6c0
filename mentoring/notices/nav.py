"""Ways to one's notices and to the outbox, in the menu behind one's initials."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from mentoring.notices.domain.queries import looks_after_messages
from mentoring.ui.nav import NavItem, register_account


@register_account
def notices(request: HttpRequest) -> Iterator[NavItem]:
    """A member's own notices, and the outbox for those who look after it."""
    organisation = getattr(request, "organisation", None)
    membership = getattr(request, "membership", None)
    if organisation is None or membership is None:
        return
    yield NavItem(_("Notices"), reverse("notices:inbox", args=[organisation.slug]), "bell", 20)
    if membership.is_admin or looks_after_messages(request.user):
        yield NavItem(_("Outbox"), reverse("notices:outbox", args=[organisation.slug]), "mail", 25)
