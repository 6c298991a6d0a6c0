"""One tick, told: what it queued, or would queue."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from mentoring import clock
from mentoring.notices.domain.outbox import messages_watched
from mentoring.tenancy.scope import no_scope
from mentoring.work.domain import do_due
from mentoring.work.registry import kinds, worker_of


@dataclass(frozen=True)
class Queued:
    """A message that a tick put into the outbox."""

    organisation: str
    kind: str
    recipient: str
    occasion: str


def tick_told(at: dt.datetime, *, dry_run: bool) -> list[Queued]:
    """Do everything that is due at an instant and tell which messages it queued.

    A dry run takes everything back: nothing is sent, nothing is written. It leaves out what would keep its one transaction
    open long and tell nothing: delivery, documents and all other work in steps of its own that queues no message.
    """
    with no_scope(), clock.at(at), messages_watched() as seen:
        if not dry_run:
            do_due(at)
        else:
            with transaction.atomic():
                do_due(at, without=_telling_nothing())
                transaction.set_rollback(True)
    return [Queued(m.organisation.slug, m.kind, m.email, m.occasion) for m in seen]


def _telling_nothing() -> list[str]:
    """The kinds of work that commit their steps by themselves and do not say that they queue messages."""
    workers = {kind: worker_of(kind) for kind in kinds()}
    return [
        kind
        for kind, worker in workers.items()
        if getattr(worker, "own_scopes", False) and not getattr(worker, "queues_notices", False)
    ]
