"""The next date as a log names it, offered as the date of the session that has none yet."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from mentoring import clock
from pairs.domain.instants import local_day
from pairs.domain.local_times import shown_at
from pairs.domain.queries import with_response
from pairs.domain.reading import Reader, belonging_to, is_sent, readable
from pairs.enums import SessionState
from pairs.models import Output, Session
from templates_app.shapes import FieldShape, Meaning, Use, Worksheet


@dataclass(frozen=True)
class NamedDate:
    """A day to come, perhaps with a time on the reader's clock, and the session for which it is meant."""

    session: Session
    day: dt.date
    time: str = ""


def named_date(reader: Reader, sessions: Iterable[Session]) -> NamedDate | None:
    """What the newest log that this person may read says of the next meeting, while a session waits for a date. One query;
    none where the handbook's logs do not ask for it.
    """
    logs = {key: sheet for key, sheet in reader.worksheets.items() if sheet.use is Use.LOG}
    fields = {key: field for key, sheet in logs.items() for field in _asking(sheet)}
    rows_of_pair = list(sessions)
    waiting = _waiting(rows_of_pair)
    if reader.person is None or not reader.pairing.is_active or not fields or waiting is None:
        return None
    rows = with_response(Output.objects.filter(pairing=reader.pairing, worksheet__in=fields, done_at__isnull=False))
    ordered = rows.select_related("session").defer("response__texts").order_by("-done_at")
    for row in readable(reader, belonging_to(reader.pairing, ordered)):
        if is_sent(row) and row.response is not None:
            value = row.response.facts.get(fields[row.worksheet].key)
            found = _meant(waiting, value, reader.person.zone) if isinstance(value, str) else None
            return found if found is None or not _is_taken(found, rows_of_pair, reader.person.zone) else None
    return None


def _is_taken(named: NamedDate, sessions: Iterable[Session], zone: str) -> bool:
    """Whether a session stands on that day already."""
    return any(row.starts_at and local_day(row.starts_at, zone) == named.day for row in sessions)


def _asking(sheet: Worksheet) -> list[FieldShape]:
    return [field for field in sheet.fields() if field.meaning is Meaning.NEXT_MEETING]


def _waiting(sessions: Iterable[Session]) -> Session | None:
    """The first session without a date that comes after all that have one."""
    numbered = [row for row in sessions if not row.part and not row.is_let_go]
    dated = [row.number for row in numbered if row.starts_at and row.state != SessionState.CANCELLED]
    open_ones = [row for row in numbered if row.state != SessionState.HELD and row.number > max(dated, default=0)]
    return min(open_ones, key=lambda row: row.number, default=None)


def _meant(session: Session, value: str, zone: str) -> NamedDate | None:
    """The day, and the time where the log has one; ``None`` for what is past."""
    if len(value) == len("2026-11-24"):
        found = NamedDate(session, dt.date.fromisoformat(value))
    else:
        day, time = shown_at(dt.datetime.fromisoformat(value), zone)
        found = NamedDate(session, day, f"{time:%H:%M}")
    return found if found.day >= local_day(clock.now(), zone) else None
