"""Which sheets belong together of those that people take up at will: the ones sent within two weeks of the first.

Whoever sends one first begins an occasion; the others may answer it until it is over or until somebody begins the next.
What nobody has answered stays its writer's own where a sheet opens once both have sent theirs. Drafts belong to nothing yet.
"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet

from mentoring import clock
from mentoring.ui import dates
from pairs.domain.holding import one_at_a_time
from pairs.domain.instants import local_day
from pairs.domain.people import People, Person, people_of
from pairs.domain.presence import is_among
from pairs.domain.telling import page_of, tell
from pairs.domain.wanted import sides_of, title_words
from pairs.enums import OutputKind
from pairs.models import FURTHER, Output, Pairing
from templates_app.domain.kits import worksheet_of
from templates_app.shapes import Filler, Preset, Worksheet

LASTS = dt.timedelta(days=14)
"""How long an occasion can be answered."""
_GRACE = dt.timedelta(days=1)
"""The day that people are told is over on everybody's clock."""


def has_occasions(sheet: Worksheet) -> bool:
    """Whether sheets of several people belong together: each fills in their own, and not one for each goal."""
    return sheet.filled_by is not Filler.TOGETHER and not sheet.one_for_each


def opens_by_occasion(sheet: Worksheet) -> bool:
    """Whether somebody's own sheet is read only by those who have answered the occasion."""
    alone = {Preset.PRIVATE, Preset.AUTHOR_COORDINATOR, Preset.ANONYMOUS}
    by_each = sheet.filled_by is Filler.EACH and has_occasions(sheet)
    return by_each and sheet.readers.opens == "both-sent" and sheet.readers.preset not in alone


def to_answer(person: Person, outputs: Iterable[Output], worksheet: str) -> list[Output]:
    """The sheets of others, further ones, that one of this person's would answer if it were sent now, the first one first."""
    rows = [row for row in outputs if row.worksheet == worksheet and row.is_further and row.cancelled_at is None]
    taken = {row.moment for row in rows if row.member_id in person.ids and row.done_at is not None}
    found: dict[str, list[Output]] = {}
    for row in rows:
        if row.member_id not in (None, *person.ids) and row.done_at is not None:
            found.setdefault(row.moment, []).append(row)
    occasions = sorted((sorted(rows, key=_sent) for rows in found.values()), key=lambda rows: _sent(rows[0]))
    newest = occasions[-1] if occasions else []
    is_open = bool(newest) and newest[0].moment not in taken and clock.now() <= _sent(newest[0]) + LASTS + _GRACE
    return newest if is_open else []


def until(first: Output) -> dt.datetime:
    """Until when the occasion that this sheet began can be answered."""
    return _sent(first) + LASTS


def is_answered(output: Output, outputs: Iterable[Output]) -> bool:
    """Whether somebody else's sheet is of the same occasion."""
    return any(
        (row.worksheet, row.moment) == (output.worksheet, output.moment) and row.member_id != output.member_id
        for row in outputs
    )


def keep_occasion(output: Output) -> None:
    """A further sheet was sent: it answers the occasion that is open, else the others are invited to answer this one."""
    people = people_of(output.pairing)
    person = people.member(output.member_id)
    sheet = worksheet_of(output.response.version) if output.response else None
    if not output.is_further or person is None or sheet is None or not has_occasions(sheet):
        return
    one_at_a_time(output.pairing)
    rows = list(_further(output.pairing, output.worksheet))
    if not is_answered(output, rows):  # taken up again, it stays where it was
        answered = to_answer(person, rows, output.worksheet)
        taken = {row.moment for row in rows if row.member_id == output.member_id}
        if answered and answered[0].moment not in taken:
            output.moment = answered[0].moment
            output.save(update_fields=["moment"])
        elif opens_by_occasion(sheet):
            _invite(output, sheet, person, people)


def _invite(output: Output, sheet: Worksheet, writer: Person, people: People) -> None:
    sides = sides_of(sheet.filled_by)
    for other in people.partners_of(writer):
        if other.side in sides and other.is_here and is_among(other, sheet.readers):
            tell(
                "sheet_to_answer",
                other.member,
                about=output,
                occasion=f"answer-{output.pk}",
                link=page_of("pairs:sheets", output.pairing_id, output.worksheet),
                by=writer.member,
                title=title_words(output.kind, output.title),
                until=dates.day(local_day(until(output), other.zone)),
            )


def next_number(pairing: Pairing, worksheet: str) -> int:
    """A number that no further sheet of the worksheet has in this pairing, whoever wrote it."""
    one_at_a_time(pairing)
    moments = _further(pairing, worksheet).values_list("moment", flat=True)
    return max((int(moment.removeprefix(FURTHER)) for moment in moments), default=0) + 1


def _further(pairing: Pairing, worksheet: str) -> QuerySet[Output]:
    kind = OutputKind.WORKSHEET
    return Output.objects.filter(pairing=pairing, kind=kind, worksheet=worksheet, moment__startswith=FURTHER)


def _sent(row: Output) -> dt.datetime:
    assert row.done_at is not None
    return row.done_at
