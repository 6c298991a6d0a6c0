"""Making the exports that were asked for. Killed at any point, this loses none and makes none twice.

Claim (committed) → steps, each in a scope of its own so that a page can show the progress → store and tell its maker
(committed, and only while the claim holds). A PDF export goes back into the queue while it waits for its documents.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from uuid import UUID

from django.db.models import F, Min, Q
from django.db.models.functions import Coalesce
from django.utils import translation
from django.utils.translation import gettext as _

from evaluation.domain.exporting.archive import Paper, ask_for_all, packed, settled
from evaluation.domain.exporting.files import Path, csv_files, xlsx_bytes, zip_bytes
from evaluation.domain.exporting.nameless_tables import nameless_table
from evaluation.domain.exporting.plain_tables import (
    actions_table,
    expenses_table,
    pairings_table,
    people_table,
    sessions_table,
)
from evaluation.domain.exporting.sheet_tables import profile_tables, worksheet_keys, worksheet_table
from evaluation.domain.exporting.tables import Scope, Table, scope_of
from evaluation.domain.exports import may_export
from evaluation.domain.withdrawing import taken_back
from evaluation.enums import ExportKind
from evaluation.models import Export
from mentoring import clock
from mentoring.history.domain import record_event
from mentoring.notices.domain.outbox import notify
from mentoring.tenancy.models import Organisation
from mentoring.tenancy.scope import scoped_steps, tenant_scope
from mentoring.work.models import State
from pairs.domain.instants import local_day
from pairs.domain.person import first_zone
from pairs.domain.telling import page_of
from programmes.domain.expenses.queries import rules_of

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 4
FIRST_WAIT = dt.timedelta(seconds=30)
LOOK_AGAIN = dt.timedelta(seconds=10)
"""How long an export waits for its documents before it looks again."""
KEPT_FOR = dt.timedelta(days=14)
"""A file nobody needs any more is a risk: then it is removed, and can be made anew."""
HEARTBEAT = 20
"""After so many files the claim is renewed."""
ENDINGS = {ExportKind.CSV: "zip", ExportKind.XLSX: "xlsx", ExportKind.PDF: "zip", ExportKind.NAMELESS: "xlsx"}


class LostClaim(Exception):
    """Another worker has taken the export over."""


class MayNotAnyMore(Exception):
    """Its maker may not take the programme out any more."""


def export_due(now: dt.datetime, organisation: Organisation) -> dt.datetime | None:
    """Worker: make what was asked for, and remove what was kept long enough. Each step commits by itself."""
    with tenant_scope(organisation):
        waiting = list(Export.ready(now).values_list("pk", flat=True))
    for export_id in waiting:
        _make_one(organisation, export_id, now)
    with tenant_scope(organisation):
        _remove_old(now)
        return _next_due()


export_due.own_scopes = True  # type: ignore[attr-defined]


def _remove_old(now: dt.datetime) -> None:
    kept = Export.objects.filter(state=State.DONE, content__isnull=False)
    old = kept.filter(Q(done_at__lte=now - KEPT_FOR) | taken_back())
    old.update(content=None, papers=[])


def _next_due() -> dt.datetime | None:
    open_rows = Export.objects.filter(state__in=[State.QUEUED, State.RUNNING])
    following = open_rows.aggregate(next=Min(Coalesce(F("lease_until"), F("not_before"))))["next"]
    kept = Export.objects.filter(state=State.DONE, content__isnull=False).aggregate(oldest=Min("done_at"))["oldest"]
    return min((at for at in (following, kept + KEPT_FOR if kept else None) if at is not None), default=None)


def _make_one(organisation: Organisation, export_id: UUID, now: dt.datetime) -> None:
    export = _claimed(organisation, export_id, now)
    if export is None:
        return
    with tenant_scope(organisation):
        language = export.requested_by.language
    try:
        with translation.override(language):
            content = _content(organisation, export)
    except LostClaim:
        return
    except MayNotAnyMore:
        with tenant_scope(organisation):
            export.cancel("its maker may not export any more")
    except Exception as fault:  # whatever went wrong, the row says so and can be tried again
        log.exception("Export %s of kind %s could not be made", export.pk, export.kind)
        with tenant_scope(organisation):
            _put_off(export, fault, now)
    else:
        if content is not None:
            with tenant_scope(organisation), translation.override(language):
                _finish(export, content)


def _claimed(organisation: Organisation, export_id: UUID, now: dt.datetime) -> Export | None:
    """The export, if this worker has it now."""
    moment = max(now, clock.now())
    with tenant_scope(organisation):
        rows = Export.ready(moment).defer("content")
        export = rows.select_related("programme__handbook", "requested_by", "cohort").filter(pk=export_id).first()
        if export is None or not export.claim(moment):
            return None
        if export.attempts > MAX_ATTEMPTS:
            # Claimed again and again and never settled: it kills its worker.
            export.fail("never finished", again_at=None)
            return None
        if not export.papers:
            # An archive that has waited for its documents was begun when they were asked for.
            export.begun_at = moment
            export.save(update_fields=["begun_at"])
    return export


def _put_off(export: Export, fault: Exception, now: dt.datetime) -> None:
    wait = FIRST_WAIT * 2 ** (export.attempts - 1)
    again_at = None if export.attempts >= MAX_ATTEMPTS else max(now, clock.now()) + wait
    export.fail(f"could not be made: {type(fault).__name__}", again_at=again_at)


def _content(organisation: Organisation, export: Export) -> bytes | None:
    """The file; ``None`` while it waits for its documents."""
    with tenant_scope(organisation):
        if not may_export(export.requested_by, export.programme):
            raise MayNotAnyMore
        scope = scope_of(export)
    if export.kind == ExportKind.PDF:
        return _archive(organisation, export, scope)
    tables = list(_tables(organisation, export, scope))
    return zip_bytes(csv_files(tables)) if export.kind == ExportKind.CSV else xlsx_bytes(tables)


# --- Tables ----------------------------------------------------------------------------------------------------------


def table_steps(scope: Scope) -> list[Callable[[], list[Table]]]:
    """How each table is made, in the order in which they stand in the file."""
    plain = [people_table, pairings_table, sessions_table, actions_table]
    if rules_of(scope.programme).offered:
        plain.append(expenses_table)
    steps: list[Callable[[], list[Table]]] = [lambda make=make: [make(scope)] for make in plain]  # type: ignore[misc]
    steps += [lambda key=key: [worksheet_table(scope, key)] for key in worksheet_keys(scope)]  # type: ignore[misc]
    return [*steps, lambda: profile_tables(scope)]


def nameless_steps(scope: Scope) -> list[Callable[[], list[Table]]]:
    """The same for answers without names. A workbook has at least one sheet, which says what the others hold."""

    def of(key: str) -> list[Table]:
        table = nameless_table(scope, key)
        return [table] if table is not None else []

    words = _("What was chosen, scored, counted or ticked. Names, places, days and all words are left out.")
    about = Table(_("about"), [_("about")], [[words]])
    return [lambda: [about], *(lambda key=key: of(key) for key in worksheet_keys(scope))]


def _tables(organisation: Organisation, export: Export, scope: Scope) -> Iterator[Table]:
    with tenant_scope(organisation):
        steps = nameless_steps(scope) if export.kind == ExportKind.NAMELESS else table_steps(scope)
        note_progress(export, 0, len(steps))
    for done, step in enumerate(steps, start=1):
        with tenant_scope(organisation):
            made = step()
        with tenant_scope(organisation):
            note_progress(export, done, len(steps))
        yield from made


def note_progress(export: Export, done: int, total: int) -> None:
    """Show how far it is, and keep the claim. Raises ``LostClaim`` when another worker has it."""
    lease = clock.now() + Export.LEASE
    held = Export.objects.filter(pk=export.pk, state=State.RUNNING, lease_until=export.lease_until)
    if not held.update(steps_done=done, steps_total=total, lease_until=lease):
        raise LostClaim
    export.steps_done, export.steps_total, export.lease_until = done, total, lease


# --- Documents -------------------------------------------------------------------------------------------------------


def _archive(organisation: Organisation, export: Export, scope: Scope) -> bytes | None:
    if not export.papers:
        steps = scoped_steps(organisation, lambda: _asking(export, scope))
        papers = [paper for step in steps for paper in step]
    else:
        papers = [Paper.from_json(stored) for stored in export.papers]
    with tenant_scope(organisation):
        ready = settled(papers)
        note_progress(export, ready, len(papers))
        if ready < len(papers):
            _wait(export, papers)
            return None
    return zip_bytes(scoped_steps(organisation, lambda: _packing(export, papers)))


def _packing(export: Export, papers: list[Paper]) -> Iterator[tuple[Path, bytes]]:
    """The archive's files, keeping the claim meanwhile."""
    for count, file in enumerate(packed(export.requested_by, papers)):
        if count % HEARTBEAT == 0:
            note_progress(export, len(papers), len(papers))
        yield file


def _asking(export: Export, scope: Scope) -> Iterator[list[Paper]]:
    asked = 0
    for papers in ask_for_all(scope):
        asked += len(papers)
        note_progress(export, 0, asked)
        yield papers


def _wait(export: Export, papers: list[Paper]) -> None:
    """Back into the queue for a short while. Waiting is no failed attempt."""
    stored = [paper.as_json() for paper in papers]
    held = Export.objects.filter(pk=export.pk, state=State.RUNNING, lease_until=export.lease_until)
    held.update(state=State.QUEUED, attempts=0, lease_until=None, not_before=clock.now() + LOOK_AGAIN, papers=stored)


def _finish(export: Export, content: bytes) -> None:
    if not export.finish(content=content, size=len(content), filename=_filename(export)):
        return
    record_event("export.made", export, actor=export.requested_by, within=export.programme, kind=export.kind)
    context = {"action_url": page_of("evaluation:export", export.pk), "programme": export.programme.title}
    notify("evaluation.export_ready", export.requested_by, about=export, occasion=str(export.pk), context=context)


def _filename(export: Export) -> str:
    """Programme, cohort, day and kind. The day is the one on the maker's calendar."""
    parts = [export.programme.slug]
    if export.pairing is not None:
        parts += [export.pairing.cohort.slug, str(export.pairing_id)[:8]]
    elif export.cohort is not None:
        parts.append(export.cohort.slug)
    day = local_day(clock.now(), first_zone(export.requested_by.zone)).isoformat()
    return f"{'-'.join([*parts, day, export.kind])}.{ENDINGS[ExportKind(export.kind)]}"
