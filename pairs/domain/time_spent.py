"""How much time a pair spends with each other, month by month: a guide for the two, never a measure of anybody."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mentoring import clock
from pairs.domain.instants import local_day
from pairs.domain.queries import with_response
from pairs.domain.reading import Reader, belonging_to, is_sent, readable
from pairs.enums import SessionState
from pairs.models import Output, Session
from templates_app.shapes import FieldShape, Kind, Meaning, MonthlyGuide, Worksheet

MONTHS_SHOWN = 6


@dataclass(frozen=True)
class Month:
    """One month on the reader's calendar. ``contacts``: logs of what was no planned meeting."""

    first: dt.date
    meetings: int
    contacts: int
    hours: float


@dataclass(frozen=True)
class TimeSpent:
    """This month and those before it, newest first, beside what the handbook thinks of as usual."""

    guide: MonthlyGuide
    months: list[Month]

    @property
    def present(self) -> Month:
        """This month."""
        return self.months[0]


def time_spent(reader: Reader, sessions: Iterable[Session]) -> TimeSpent | None:
    """The pair's months as this person may know them; ``None`` where the handbook gives no guide. One query at most.

    A held session counts with the time its log names, or else with its length; a further log of the same kind (a call, a
    day of going along at work) adds its own.
    """
    guide = reader.kit.plan.monthly
    if guide is None:
        return None
    zone = reader.person.zone if reader.person else "UTC"
    sums = _by_month(reader, sessions, zone)
    present = local_day(clock.now(), zone).replace(day=1)
    sums[present]  # a month without a meeting is shown too
    found = [Month(first, int(m), int(c), round(h, 2)) for first, (m, c, h) in sorted(sums.items(), reverse=True)]
    return TimeSpent(guide, [month for month in found if month.first <= present][:MONTHS_SHOWN])


def hours_together(reader: Reader, sessions: Iterable[Session]) -> float:
    """All hours of the pair so far, sessions held and what is logged beside them, as this person may know them."""
    zone = reader.person.zone if reader.person else "UTC"
    return round(sum(hours for _meetings, _contacts, hours in _by_month(reader, sessions, zone).values()), 1)


def _by_month(reader: Reader, sessions: Iterable[Session], zone: str) -> dict[dt.date, list[float]]:
    """Meetings, further contacts and hours, by the first day of their month."""
    held = {row.pk: row for row in sessions if row.state == SessionState.HELD and row.starts_at}
    fields = {key: field for key, sheet in reader.worksheets.items() if (field := _time_field(sheet)) is not None}
    of_session, further = _logged(reader, fields, zone)
    sums: dict[dt.date, list[float]] = defaultdict(lambda: [0, 0, 0.0])
    for row in held.values():
        assert row.starts_at is not None
        month = sums[local_day(row.starts_at, zone).replace(day=1)]
        month[0] += 1
        month[2] += of_session.get(row.pk, (row.held_minutes or row.minutes) / 60)
    for day, hours in further:
        month = sums[day.replace(day=1)]
        month[1] += 1
        month[2] += hours
    return sums


def _time_field(sheet: Worksheet) -> FieldShape | None:
    return next((field for field in sheet.fields() if field.meaning is Meaning.TIME_SPENT), None)


def _logged(
    reader: Reader, fields: Mapping[str, FieldShape], zone: str
) -> tuple[dict[object, float], list[tuple[dt.date, float]]]:
    """Hours by session, and the further ones by day, of the logs this person may read."""
    if not fields:
        return {}, []
    rows = with_response(Output.objects.filter(pairing=reader.pairing, worksheet__in=fields, response__isnull=False))
    of_session: dict[object, float] = {}
    further: list[tuple[dt.date, float]] = []
    for row in readable(reader, belonging_to(reader.pairing, rows.defer("response__texts"))):
        hours = _hours(fields[row.worksheet], row)
        if not is_sent(row) or hours is None:
            continue
        if row.session_id is not None and not row.is_further:
            of_session[row.session_id] = max(hours, of_session.get(row.session_id, 0))
        else:
            further.append((_day(reader.worksheets[row.worksheet], row, zone), hours))
    return of_session, further


def _hours(field: FieldShape, row: Output) -> float | None:
    value = row.response.facts.get(field.key) if row.response else None
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return value / 60 if field.kind is Kind.DURATION else float(value)


def _day(sheet: Worksheet, row: Output, zone: str) -> dt.date:
    """The day a further log is about: its own first date, or else when it was sent."""
    named = next((field.key for field in sheet.fields() if field.kind is Kind.DATE), "")
    value = row.response.facts.get(named) if row.response else None
    return dt.date.fromisoformat(value) if isinstance(value, str) else local_day(row.done_at or clock.now(), zone)
