"""The two tasks there are: look everywhere, and look at one thing. Both may be lost, doubled or killed."""

from celery import shared_task

from mentoring import clock
from mentoring.tenancy.scope import no_scope
from mentoring.work.domain import do_due


@shared_task
def tick() -> int:
    """Do whatever is due anywhere (beat calls this twice a minute)."""
    with no_scope():
        return do_due(clock.now())


@shared_task
def look(kind: str, organisation_id: str) -> int:
    """Do one kind of work in one organisation, if it is due."""
    with no_scope():
        return do_due(clock.now(), kind=kind, organisation_id=organisation_id)
