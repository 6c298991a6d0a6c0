"""What stands on a pair's timeline beside its goals and tasks: meetings, and what was sent, answered and signed.

Of a sheet each of the pair finds the fact where they may know of it, and its answers on scales where they may read them. Who
has answered what is read without names is told to nobody but themselves, and to whom they open it.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from mentoring.ui import dates
from pairs.domain.instants import local_day
from pairs.domain.meetings import Meeting
from pairs.domain.reading import Reader
from pairs.domain.wanted import title_words
from pairs.enums import OutputKind, Right, SessionState
from pairs.models import Output
from templates_app.answers.level import show_level
from templates_app.shapes import Kind, Preset

FIGURES = 3
"""So many answers on scales stand beside a sheet; the rest is read on it."""


@dataclass(frozen=True)
class Day:
    """Something on the timeline."""

    on: dt.date
    what: str
    kind: str
    """What it is, in a word or two."""
    who: str
    icon: str
    page: tuple[object, ...] = ()
    """A view's name with its arguments after the organisation, where there is more to read."""

    @property
    def when(self) -> str:
        """The day in words, with what it is."""
        return f"{dates.day(self.on)} · {self.kind}"


def days_of_meetings(meetings: Iterable[Meeting], *, ahead: bool) -> Iterator[Day]:
    """The sessions that have a date: those to come, or those whose time has passed."""
    for one in meetings:
        if one.local is None:
            continue
        planned = one.session.state == SessionState.PLANNED
        if ahead == (planned and not one.over):
            page = ("pairs:session", one.session.pairing_id, one.session.pk)
            yield Day(one.local.date(), one.title, *_of_meeting(one), page)


def _of_meeting(meeting: Meeting) -> tuple[str, str, str]:
    """What it is, with whom nothing is said, and its icon."""
    if meeting.session.state == SessionState.HELD:
        return _("session held"), "", "calendar-check"
    if meeting.session.state == SessionState.CANCELLED:
        return _("session cancelled"), "", "calendar-x"
    return (_("did it take place?") if meeting.over else _("session")), "", "calendar-days"


def days_of_sheets(
    reader: Reader, outputs: Iterable[Output], zone: str, *, told: Collection[UUID] = ()
) -> Iterator[Day]:
    """What was sent, answered and signed, on the day on which it was. ``told``: sheets that stand on the timeline already."""
    kinds = {
        OutputKind.WORKSHEET: (_("sent"), "file-text"),
        OutputKind.EVALUATION: (_("answered"), "clipboard-list"),
        OutputKind.AGREEMENT: (_("signed"), "signature"),
    }
    for row in outputs:
        if row.done_at is None or row.kind not in kinds or row.pk in told:
            continue
        readable = row.response is not None and reader.right_to(row) >= Right.READ
        if not readable and _is_nameless(reader, row):
            continue
        kind, icon = kinds[OutputKind(row.kind)]
        writer = reader.people.member(row.member_id)
        figures = _figures(reader, row) if readable else []
        yield Day(
            local_day(row.done_at, zone),
            title_words(row.kind, row.title),
            kind,
            " · ".join([*([writer.short_name] if writer else []), *figures]),
            icon,
            ("pairs:output_read", row.pk) if readable else (),
        )


def _is_nameless(reader: Reader, row: Output) -> bool:
    sheet = reader.sheet_of(row)
    return sheet is not None and sheet.readers.preset is Preset.ANONYMOUS


def _figures(reader: Reader, row: Output) -> list[str]:
    """The first answers on scales that the reader may read, each with its question."""
    sheet, response, may_read = reader.sheet_of(row), row.response, reader.field_filter(row)
    assert sheet is not None
    assert response is not None
    scales = [field for field in sheet.fields() if field.kind is Kind.SCALE and may_read(field)]
    shown = show_level(scales, response.facts, reader.context_for(row))
    return [f"{one.label}: {one.shown.text}" for one in shown if not one.blank][:FIGURES]
