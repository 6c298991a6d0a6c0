"""Making the documents that were asked for. Killed at any point, this loses none and stores none twice.

Claim (committed) → render, with no transaction open → store and mark done (committed, and only while the claim holds). A
worker killed in between leaves a lease that runs out, and the document is made again.
"""

import datetime as dt
import hashlib
import logging
from uuid import UUID

from billiard.exceptions import SoftTimeLimitExceeded
from django.db.models import F, Min
from django.db.models.functions import Coalesce
from django.utils import timezone, translation

from mentoring import clock
from mentoring.accounts.middleware import zone_or_utc
from mentoring.tenancy.models import Organisation
from mentoring.tenancy.scope import tenant_scope
from mentoring.work.models import State
from templates_app.domain.documents import NoLongerWanted, kind_named
from templates_app.domain.pdf import render_pdf
from templates_app.domain.pictures import pictures_shown
from templates_app.models import Document

log = logging.getLogger(__name__)

BATCH = 200
LOOK_FOR = dt.timedelta(seconds=60)
"""A look takes no new document after this long, so that only one that hangs meets the worker's soft time limit (110 s)."""
FIRST_WAIT = dt.timedelta(seconds=20)
MAX_ATTEMPTS = 5
"""Waits of 20 s, 40 s, 80 s, 160 s: after five minutes a person sees that it failed and may try again."""


def make_due(now: dt.datetime, organisation: Organisation) -> dt.datetime | None:
    """Make what is due in an organisation; returns when more is due. Each step commits by itself."""
    begun = clock.now()
    for document_id in _due_ids(organisation, now):
        if clock.now() - begun > LOOK_FOR or not _make_one(organisation, document_id, now):
            break
    with tenant_scope(organisation):
        waiting = Document.objects.filter(state__in=[State.QUEUED, State.RUNNING])
        return waiting.aggregate(next=Min(Coalesce(F("lease_until"), F("not_before"))))["next"]


make_due.own_scopes = True  # type: ignore[attr-defined]


def _due_ids(organisation: Organisation, now: dt.datetime) -> list[UUID]:
    with tenant_scope(organisation):
        return list(Document.ready(now).values_list("pk", flat=True)[:BATCH])


def _make_one(organisation: Organisation, document_id: UUID, now: dt.datetime) -> bool:
    """Make one document. False when this worker has no time left for another."""
    document = _claimed(organisation, document_id, now)
    if document is None:
        return True
    try:
        content = _rendered(organisation, document)
    except NoLongerWanted as reason:
        with tenant_scope(organisation):
            document.cancel(str(reason))
    except SoftTimeLimitExceeded:
        _put_off(organisation, document, "took too long", now)
        return False
    except Exception as fault:
        log.exception("Document %s of kind %s could not be made", document.pk, document.kind)
        _put_off(organisation, document, f"could not be made: {type(fault).__name__}", now)
    else:
        _store(organisation, document, content)
    return True


def _claimed(organisation: Organisation, document_id: UUID, now: dt.datetime) -> Document | None:
    """The document, if this worker has it now. The lease runs from this moment, not from when the look began."""
    moment = max(now, clock.now())
    with tenant_scope(organisation):
        rows = Document.ready(moment).defer("content").select_related("requested_by")
        document = rows.filter(pk=document_id).first()
        if document is None or not document.claim(moment):
            return None
        if document.attempts > MAX_ATTEMPTS:
            # Claimed again and again and never settled: it kills its worker.
            document.fail("never finished", again_at=None)
            return None
    return document


def _rendered(organisation: Organisation, document: Document) -> bytes:
    """Read in a scope, laid out outside of it: no transaction waits for a typesetter."""
    zone = zone_or_utc(document.requested_by.zone if document.requested_by else organisation.zone)
    with tenant_scope(organisation), translation.override(document.language), timezone.override(zone):
        html = kind_named(document.kind).render(document)
        pictures = pictures_shown(html)
    return render_pdf(html, language=document.language, accent=organisation.accent, pictures=pictures)


def _store(organisation: Organisation, document: Document, content: bytes) -> None:
    with tenant_scope(organisation):
        stored = document.finish(content=content, size=len(content), sha256=hashlib.sha256(content).hexdigest())
        after = kind_named(document.kind).after
        if stored and after is not None:
            after(document)


def _put_off(organisation: Organisation, document: Document, reason: str, now: dt.datetime) -> None:
    wait = FIRST_WAIT * 2 ** (document.attempts - 1)
    with tenant_scope(organisation):
        document.fail(reason, again_at=None if document.attempts >= MAX_ATTEMPTS else now + wait)
