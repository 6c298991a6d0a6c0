"""A question about staff's needs that somebody need not answer any more."""

from mentoring.notices.domain.outbox import cancel_messages
from programmes.domain.outside import end_links
from programmes.models import NeedsAsking, NeedsLink, Programme

NOTICE = "programmes.needs_asked"


def close_askings(programme: Programme, email: str) -> None:
    """What an address was asked and has not answered opens nothing any more, and does not go if it still waits."""
    for asking in NeedsAsking.objects.filter(programme=programme, email=email, response=None):
        end_links(NeedsLink.objects.filter(asking=asking))
        cancel_messages(about=asking, kinds=[NOTICE])
