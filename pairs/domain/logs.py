"""Learning logs on their way to the coordinator: session by session, and all of them in one document at the end."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from pairs.domain.outputs import close_output, standing
from pairs.domain.people import NotAMember, Person, member_of
from pairs.domain.queries import with_response
from pairs.domain.reading import Reader, belonging_to, is_sent
from pairs.domain.telling import page_of, pairing_label, tell_user
from pairs.domain.wanted import sides_of, taken_by
from pairs.enums import OutputKind, Standing
from pairs.models import Output, Pairing, PairingMember, Session
from programmes.domain.coordinators import coordinators_of
from programmes.enums import Side
from templates_app.domain.documents import request_document
from templates_app.models import Document
from templates_app.shapes import Use

OWED = frozenset({Standing.DUE, Standing.LATE})
KIND = "compiled-logs"
"""The kind of document."""


@dataclass(frozen=True)
class LogCell:
    """The log of one session by one person, or without a person the one that is written together."""

    person: Person | None
    output: Output | None
    is_kept: bool
    """The records' owner keeps it between the two: the coordinator sees only that it is done."""

    @property
    def is_in(self) -> bool:
        """Whether it is sent."""
        return self.output is not None and is_sent(self.output)

    @property
    def is_missing(self) -> bool:
        """Whether it is owed by now and not there."""
        output = self.output
        return output is not None and output.required and not self.is_in and standing(output, clock.now()) in OWED


@dataclass(frozen=True)
class LogRow:
    """The logs of one session."""

    session: Session
    cells: list[LogCell]

    @property
    def passed_on(self) -> bool:
        """Whether everything that is in and may go has been passed to the coordinator."""
        there = [cell.output for cell in self.cells if cell.is_in and cell.output]
        return bool(there) and all(output.passed_on_at for output in there)

    @property
    def can_pass_on(self) -> bool:
        """Whether there is something to pass on."""
        return any(cell.is_in and cell.output and not cell.output.passed_on_at for cell in self.cells)


def log_outputs(reader: Reader) -> list[Output]:
    """The outputs of worksheets that are logs, with what was written, by session."""
    keys = [key for key, sheet in reader.worksheets.items() if sheet.use is Use.LOG]
    rows = Output.objects.filter(pairing=reader.pairing, worksheet__in=keys, cancelled_at=None, session__isnull=False)
    ordered = with_response(rows).select_related("session").order_by("session__number", "position")
    return belonging_to(reader.pairing, ordered)


def log_table(reader: Reader, outputs: Iterable[Output]) -> list[LogRow]:
    """Session by session: the log written together where there is one, then the mentee's and the mentor's own."""
    rows: dict[int, list[Output]] = {}
    for output in outputs:
        if output.session is not None:
            rows.setdefault(output.session.number, []).append(output)
    order = [*reader.people.on(Side.MENTEE), *reader.people.on(Side.MENTOR)]
    written = {output.member_id for each in rows.values() for output in each}
    order = [person for person in order if _writes(reader, person) or person.ids & written]
    found = []
    for number in sorted(rows):
        session = rows[number][0].session
        assert session is not None
        together = [_cell(reader, None, rows[number])] if any(row.member_id is None for row in rows[number]) else []
        found.append(LogRow(session, together + [_cell(reader, person, rows[number]) for person in order]))
    return found


def _writes(reader: Reader, person: Person) -> bool:
    """Whether the handbook has a log that this person writes by themselves."""
    logs = [sheet for sheet in reader.worksheets.values() if sheet.use is Use.LOG and sheet.in_use]
    return person.is_here and any(person.side in sides_of(sheet.filled_by) for sheet in logs)


def _cell(reader: Reader, person: Person | None, outputs: Iterable[Output]) -> LogCell:
    """The log that the session itself asks for, before a further one that happens to fall to it."""
    ids = person.ids if person else frozenset({None})
    mine = sorted((row for row in outputs if row.member_id in ids), key=lambda row: row.is_further)
    output = next(iter(mine), None)
    sheet = reader.sheet_of(output) if output else None
    is_kept = output is not None and sheet is not None and not reader.is_consented(output, sheet.readers)
    return LogCell(person, output, is_kept)


def _gatherer(reader: Reader, actor: User) -> PairingMember:
    member = member_of(reader.pairing, actor)
    if member.side not in taken_by(reader.kit, OutputKind.COMPILE):
        raise NotAMember
    return member


@transaction.atomic
def pass_on_logs(*, reader: Reader, session: Session, actor: User) -> list[Output]:
    """Whoever gathers the logs passes a session's to the coordinator: their own, and the partner's where consent covers
    logs (``plp.sys.69``). Returns those passed on now. Raises ``NotAMember`` for anybody else.
    """
    member = _gatherer(reader, actor)
    passed = []
    for output in log_outputs(reader):
        may_go = output.member_id == member.pk or may_reach_coordinator(reader, output)
        if output.session_id == session.pk and is_sent(output) and may_go and output.passed_on_at is None:
            passed.append(output)
    _mark(passed)
    if passed:
        _tell_coordinators(reader.pairing, session, actor)
    return passed


def _mark(outputs: Iterable[Output]) -> None:
    now = clock.now()
    for output in outputs:
        output.passed_on_at = now
    Output.objects.filter(pk__in=[output.pk for output in outputs]).update(passed_on_at=now)


def _tell_coordinators(pairing: Pairing, session: Session, actor: User) -> None:
    event = record_event("logs.passed_on", session, actor=actor, within=pairing, number=session.number)
    for coordinator in coordinators_of(pairing.cohort.programme):
        tell_user(
            "logs_passed_on",
            coordinator,
            about=pairing,
            occasion=f"logs-{event.pk}",
            link=page_of("pairs:pairing", pairing.pk),
            by=actor.name,
            number=session.number,
            pair=pairing_label(pairing),
        )


@transaction.atomic
def compile_logs(*, reader: Reader, actor: User) -> Document:
    """Gather all logs into one document and pass it to the coordinator (``plp.sys.82``).

    What the mentee keeps between the two stands in it as done, without its words. Compiling again after a further log makes
    a further document. Raises ``NotAMember`` for anybody but who gathers them.
    """
    _gatherer(reader, actor)
    sent = [output for output in log_outputs(reader) if is_sent(output)]
    names = pairing_label(reader.pairing)
    document = request_document(
        kind=KIND,
        subject=reader.pairing,
        revision=_revision(reader, sent),
        title=f"{_logs_title(reader)} · {names}",
        filename=f"{_logs_title(reader)} - {names}.pdf",
        actor=actor,
    )
    _mark([output for output in sent if output.passed_on_at is None])
    Pairing.objects.filter(pk=reader.pairing.pk).update(logs_sent_at=clock.now())
    for output in Output.objects.filter(pairing=reader.pairing, kind=OutputKind.COMPILE).select_related("session"):
        output.pairing = reader.pairing
        close_output(output=output, actor=actor)
    record_event("logs.compiled", reader.pairing, actor=actor)
    link = page_of("templates_app:document", document.pk)
    for coordinator in coordinators_of(reader.pairing.cohort.programme):
        occasion = f"compiled-{document.pk}"
        tell_user("logs_compiled", coordinator, about=document, occasion=occasion, link=link, by=actor.name, pair=names)
    return document


def _logs_title(reader: Reader) -> str:
    return next((sheet.title for sheet in reader.worksheets.values() if sheet.use is Use.LOG), "")


KEPT = ".kept"
"""Ends the revision of a document without a word of any log: every coordinator may read it, whatever is agreed later."""


def _revision(reader: Reader, outputs: Iterable[Output]) -> str:
    """A fingerprint of which logs there are and how each stood, and whether words may stand in the document."""
    parts = [f"{output.response_id}.{output.response.revision}" for output in outputs if output.response]
    may_go = any(may_reach_coordinator(reader, output) for output in outputs)
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:40] + ("" if may_go else KEPT)


def may_reach_coordinator(reader: Reader, output: Output) -> bool:
    """Whether consent covers this log."""
    sheet = reader.sheet_of(output)
    return sheet is not None and reader.is_consented(output, sheet.readers)


def latest_compiled(pairing: Pairing) -> Document | None:
    """The last document made, without its bytes."""
    rows = Document.objects.filter(kind=KIND, subject_id=pairing.pk).defer("content")
    return rows.order_by("-created_at").first()
