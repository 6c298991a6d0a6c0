"""Several sheets in one PDF: the compiled logs for the coordinator, and everything a person may read for themselves."""

import hashlib
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from mentoring.accounts.models import User
from mentoring.tenancy.scope import current_organisation
from mentoring.ui import dates
from pairs.domain.instants import local_day
from pairs.domain.logs import KEPT, log_outputs, may_reach_coordinator
from pairs.domain.logs import KIND as LOGS
from pairs.domain.people import Person
from pairs.domain.queries import get_pairing_for, outputs_for
from pairs.domain.reading import WORKSHEETS, Reader, is_sent, readable, reader_of
from pairs.domain.shown import sections_of
from pairs.domain.telling import pairing_label
from pairs.domain.wanted import title_words
from pairs.enums import Right
from pairs.models import Output, Pairing
from templates_app.domain.documents import (
    NoLongerWanted,
    register_document_reader,
    register_renderer,
    request_document,
)
from templates_app.models import Document

RECORDS = "pair-records"
"""The kind of document that holds everything of a pair that one person may read (``plp.sys.96``)."""


def register_compiled() -> None:
    """For ``AppConfig.ready``."""
    register_renderer(LOGS, _render_logs)
    register_document_reader(LOGS, _reads_logs)
    register_renderer(RECORDS, _render_records)
    register_document_reader(RECORDS, _reads_records)


# --- The compiled logs ------------------------------------------------------------------------------------------------


def _render_logs(document: Document) -> str:
    """All logs in the order of their sessions. What the mentee keeps between the two stands there as done."""
    actor = document.requested_by
    reader = _reader(actor, document.subject_id)
    if actor is None or reader is None or reader.person is None:
        raise NoLongerWanted("who asked is no longer one of the pair")
    with_words = not document.revision.endswith(KEPT)
    rows = [row for row in log_outputs(reader) if is_sent(row)]
    theirs = reader.as_coordinator()
    sheets = [_part(theirs, row, shown=with_words and may_reach_coordinator(reader, row)) for row in rows]
    return _html(document, reader, sheets, zone=reader.person.zone)


def _reads_logs(user: User, document: Document) -> bool:
    """The pair itself; and the coordinator, where the document holds words, as long as consent covers every log.

    Logs taken up again count too: their words of that time stand in the document.
    """
    reader = _reader(user, document.subject_id)
    if reader is None:
        return False
    if reader.person is not None:
        return reader.pairing.is_pair or _knows_all(reader)
    if not reader.coordinates:
        return False
    return document.revision.endswith(KEPT) or all(may_reach_coordinator(reader, row) for row in log_outputs(reader))


def _knows_all(reader: Reader) -> bool:
    """Whether this one of a group may read every log by itself: fellow members may have logs of their own."""
    return all(reader.right_to(row) >= Right.READ for row in log_outputs(reader) if is_sent(row))


# --- Everything one person may read -----------------------------------------------------------------------------------


def request_records(*, reader: Reader, actor: User) -> Document:
    """Ask for one document with everything of the pair that this person may read, as it stands now."""
    rows = _records(reader)
    parts = [f"{row.response_id}.{row.response.revision}" for row in rows if row.response]
    sources = [str(row.response_id) for row in rows]
    names = pairing_label(reader.pairing)
    title = _("All records")
    return request_document(
        kind=RECORDS,
        subject=reader.pairing,
        revision=f"{actor.pk.hex}.{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:32]}",
        title=f"{title} · {names}",
        filename=f"{title} - {names}.pdf",
        actor=actor,
        sources=sources,
    )


def _records(reader: Reader) -> list[Output]:
    rows = [row for row in outputs_for(reader.user, reader.pairing, reader) if row.response and row.kind in WORKSHEETS]
    return [row for row in readable(reader, rows) if is_sent(row) or reader.owes(row)]


def _render_records(document: Document) -> str:
    actor = document.requested_by
    reader = _reader(actor, document.subject_id)
    if actor is None or reader is None or reader.person is None:
        raise NoLongerWanted("who asked is no longer one of the pair")
    rows = {str(row.response_id): row for row in _records(reader)}
    if not rows.keys() >= set(document.sources):
        raise NoLongerWanted("something in it may not be read any more")
    # What was opened since is left out: who may read the document is judged by its sources alone.
    sheets = [_part(reader, rows[source], shown=True) for source in document.sources]
    return _html(document, reader, sheets, zone=reader.person.zone)


def _reads_records(user: User, document: Document) -> bool:
    """Its maker alone, while every sheet in it is still theirs to read: their partner may read other things.

    Once a share is taken back, or a sheet taken up again, they make the document anew without it.
    """
    reader = _reader(user, document.subject_id)
    if document.requested_by_id != user.pk or reader is None or reader.person is None:
        return False
    return {str(row.response_id) for row in _records(reader)} >= set(document.sources)


# --- Both -------------------------------------------------------------------------------------------------------------


def _reader(user: User | None, pairing_id: UUID) -> Reader | None:
    try:
        pairing = get_pairing_for(user, pairing_id) if user else None
    except Http404:
        return None
    return reader_of(user, pairing) if user and pairing else None


def _part(reader: Reader, output: Output, *, shown: bool) -> dict[str, Any]:
    writer = reader.people.member(output.member_id)
    zone = reader.person.zone if reader.person else reader.user.zone
    sent = output.response.submitted_at if output.response else None
    return {
        "title": title_words(output.kind, output.title),
        "writer": _writer_words(writer),
        "sent": dates.day(local_day(sent, zone)) if sent else "",
        "is_draft": not is_sent(output),
        "sections": sections_of(reader, output) if shown else [],
        "kept": not shown,
    }


def _writer_words(writer: Person | None) -> str:
    return f"{writer.name} ({writer.side.label})" if writer else _("written together")


def _html(document: Document, reader: Reader, sheets: Iterable[dict[str, Any]], *, zone: str) -> str:
    pairing: Pairing = reader.pairing
    values = {
        "title": document.title,
        "sheets": list(sheets),
        "people": reader.people,
        "programme": pairing.cohort.programme.title,
        "cohort": pairing.cohort.title,
        "as_of": dates.moment(document.created_at, zone),
        "organisation": current_organisation(),
        "document_language": translation.get_language(),
    }
    return render_to_string("documents/sheets.html", values)
