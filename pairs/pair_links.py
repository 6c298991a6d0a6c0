"""What may be done with a pair on its own page. Rooms above add to it; this one does not name them."""

from collections.abc import Callable

from django.http import HttpRequest

from mentoring.ui.shapes import Action
from pairs.models import Pairing

LinkSource = Callable[[HttpRequest, Pairing], Action | None]
"""Makes an action for who looks; ``None`` when it is not for them."""

_sources: list[LinkSource] = []


def register_pair_link(source: LinkSource) -> None:
    """Add something to do with a pair. For ``AppConfig.ready``."""
    if source not in _sources:
        _sources.append(source)


def pair_links(request: HttpRequest, pairing: Pairing) -> list[Action]:
    """What this person may do with this pair."""
    return [action for source in _sources if (action := source(request, pairing)) is not None]
