"""Saying that work is due, and doing what is due.

Why nothing is lost: the row that says "look" is written in the business transaction, so it becomes visible exactly when the
work does. Whoever does the work notes first which rows it saw, looks then, and takes away afterwards only what it had seen.
A worker that dies takes nothing away; work that is committed while it looks has a row it has not seen.
"""

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from celery.exceptions import SoftTimeLimitExceeded
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from mentoring.tenancy.models import Organisation
from mentoring.tenancy.scope import current_organisation, tenant_scope
from mentoring.work.models import DueWork
from mentoring.work.registry import worker_of

log = logging.getLogger(__name__)

RETRY_AFTER = dt.timedelta(minutes=5)


def wake(kind: str, *, at: dt.datetime) -> None:
    """Say, inside the business transaction, that the open organisation has work of this kind from ``at`` on.

    The row is the truth; after the commit a task says "look now", and the periodic tick looks anyway.
    """
    organisation = current_organisation()
    DueWork.objects.create(organisation=organisation, kind=kind, due_at=at)
    look = _Look(kind, organisation.pk)
    waiting = connections[DEFAULT_DB_ALIAS].run_on_commit
    if not any(entry[1] == look for entry in waiting):
        transaction.on_commit(look, robust=True)


@dataclass(frozen=True)
class _Look:
    """Says "look now" after a commit, once however many messages were written. A hint that may be lost."""

    kind: str
    organisation_id: UUID

    def __call__(self) -> None:
        from mentoring.work.tasks import look

        try:
            look.delay(self.kind, str(self.organisation_id))
        except Exception:  # noqa: BLE001 - a broker that is down must not fail a request: the tick looks anyway
            log.warning("Could not say 'look now' for %s; the tick will.", self.kind)


def do_due(
    now: dt.datetime, *, kind: str | None = None, organisation_id: str | None = None, without: Collection[str] = ()
) -> int:
    """Do everything that is due, or one kind of it, or what one organisation has, each in that organisation's scope.

    ``without`` names kinds to leave as they are.

    Returns how many pieces were looked at. One piece that fails is put off and does not hold up the others.
    """
    rows = DueWork.objects.filter(due_at__lte=now, organisation__is_active=True).exclude(kind__in=without)
    if kind is not None:
        rows = rows.filter(kind=kind)
    if organisation_id is not None:
        rows = rows.filter(organisation_id=organisation_id)
    pieces: dict[tuple[UUID, str], list[int]] = defaultdict(list)
    for row_id, *piece in rows.order_by("due_at", "pk").values_list("pk", "organisation_id", "kind"):
        pieces[tuple(piece)].append(row_id)  # type: ignore[index]
    organisations = Organisation.objects.in_bulk({pk for pk, _kind in pieces})
    for (pk, of_kind), seen in pieces.items():
        do_one(organisations[pk], of_kind, seen, now)
    return len(pieces)


def do_one(organisation: Organisation, kind: str, seen: Iterable[int], now: dt.datetime) -> None:
    """Do one kind of work in one organisation; then replace the rows that were seen by when more is due."""
    out_of_time = None
    try:
        next_due = run_worker(kind, organisation, now)
    except Exception as fault:
        log.exception("Work of kind %s failed for organisation %s", kind, organisation.pk)
        next_due = now + RETRY_AFTER
        out_of_time = fault if isinstance(fault, SoftTimeLimitExceeded) else None
    _settle(organisation, kind, seen, next_due)
    if out_of_time:
        raise out_of_time


def _settle(organisation: Organisation, kind: str, seen: Iterable[int], next_due: dt.datetime | None) -> None:
    with transaction.atomic():
        if next_due is not None:
            DueWork.objects.create(organisation=organisation, kind=kind, due_at=next_due)
        DueWork.objects.filter(pk__in=list(seen)).delete()


def run_worker(kind: str, organisation: Organisation, now: dt.datetime) -> dt.datetime | None:
    """Call the worker of a kind inside the organisation's scope.

    On PostgreSQL a scope is a transaction; workers that must commit between steps (delivery) open scopes of their own.
    """
    worker = worker_of(kind)
    if getattr(worker, "own_scopes", False):
        return worker(now, organisation)  # type: ignore[call-arg]
    with tenant_scope(organisation):
        return worker(now)
