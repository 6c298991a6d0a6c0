"""One tick, told: what it queued, or would queue."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from mentoring import clock
from mentoring.notices.domain.outbox import messages_watched
from mentoring.tenancy.scope import no_scope
from mentoring.work.domain import do_due

DELIVERY = "outbox"


@dataclass(frozen=True)
class Queued:
    """A message that a tick put into the outbox."""

    organisation: str
    kind: str
    recipient: str
    occasion: str


def tick_told(at: dt.datetime, *, dry_run: bool) -> list[Queued]:
    """Do everything that is due at an instant and tell which messages it queued.

    A dry run leaves delivery out and takes everything back: nothing is sent, nothing is written.
    """
    with no_scope(), clock.at(at), messages_watched() as seen:
        if not dry_run:
            do_due(at)
        else:
            with transaction.atomic():
                do_due(at, without=[DELIVERY])
                transaction.set_rollback(True)
    return [Queued(m.organisation.slug, m.kind, m.email, m.occasion) for m in seen]
