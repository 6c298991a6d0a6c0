"""What an admin looks after, side by side."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from mentoring.ui.shapes import Choice


def organisation_tabs(request: HttpRequest) -> list[Choice]:
    """Settings, words, members, partners, history, outbox."""
    slug = request.organisation.slug
    pages = [
        (_("Settings"), reverse("organisations:settings", args=[slug])),
        (_("Words"), reverse("organisations:words", args=[slug])),
        (_("Members"), reverse("organisations:members", args=[slug])),
        (_("Partners"), reverse("organisations:partners", args=[slug])),
        (_("History"), reverse("organisations:history", args=[slug])),
        (_("Outbox"), reverse("notices:outbox", args=[slug])),
    ]
    return [Choice(label, url, request.path.startswith(url)) for label, url in pages]
