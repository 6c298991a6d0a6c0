"""What a pair may take up whenever it likes (exercises, wins, notes), and giving one's partner something to do at home."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.http import Http404

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from pairs.domain.instants import day_ends, local_day
from pairs.domain.people import Person, member_of
from pairs.domain.reading import Reader
from pairs.domain.sheets import goes_on, is_at_will, may_add, present_session
from pairs.domain.telling import page_of, tell
from pairs.domain.wanted import sides_of
from pairs.enums import OutputKind
from pairs.models import Output
from templates_app.shapes import Worksheet

GIVEN = re.compile(r"^given-(\d+)$")


class InThePast(Exception):
    """Nobody is given something to do by a day that is over."""


@dataclass(frozen=True)
class AtWill:
    """One worksheet that may be taken up at any time, as one of the pair sees it."""

    worksheet: Worksheet
    mine: list[Output]
    """The person's own sheets and those done together, the newest first."""
    may_begin: bool
    to_give: list[Person]
    """Partners to whom the person may give it as homework."""


def is_given(output: Output) -> bool:
    """Whether a partner gave it as homework."""
    return GIVEN.match(output.moment) is not None


def at_will_of(reader: Reader) -> list[AtWill]:
    """Everything this person may take up or give, in the handbook's order. No query beside the reader's own."""
    found = []
    for sheet in sorted(reader.worksheets.values(), key=lambda one: (one.group, one.order, one.key)):
        mine = [row for row in reader.outputs if row.worksheet == sheet.key and reader.owes(row) and _begun(row)]
        mine.sort(key=lambda row: row.created_at, reverse=True)
        partners = may_give_to(reader, sheet)
        if not sheet.in_use:  # what a moment called for stands with its stage; what was taken up at will stays here
            mine = [row for row in mine if is_given(row) or row.is_further]
        kept = mine and (is_at_will(reader, sheet) or not sheet.in_use)
        if kept or may_add(reader, sheet) or partners:
            found.append(AtWill(sheet, mine, may_add(reader, sheet), partners))
    return found


def _begun(row: Output) -> bool:
    """What a moment of the handbook calls for and nobody has opened yet is no sheet of one's own."""
    return row.response_id is not None or is_given(row) or row.is_further


def may_give_to(reader: Reader, sheet: Worksheet) -> list[Person]:
    """The partners to whom this person may give the worksheet, where the handbook lets it be given: each who fills it in
    for themselves.
    """
    if not sheet.homework or reader.person is None or not goes_on(reader) or not is_at_will(reader, sheet):
        return []
    sides = sides_of(sheet.filled_by)
    partners = reader.people.partners_of(reader.person)
    return [one for one in partners if one.side in sides and one.member.left_at is None]


@transaction.atomic
def give_homework(*, reader: Reader, worksheet: str, due_on: dt.date | None, actor: User) -> list[Output]:
    """Give the partners a worksheet to do at home, by a day on their calendar if one is named; they are told.

    It stays offered: nobody is reminded of it, and the coordinator never hears that it is late. Raises ``NotAMember``,
    ``InThePast``, and ``Http404`` for a worksheet that is not to be given.
    """
    member = member_of(reader.pairing, actor)
    sheet = reader.worksheets.get(worksheet)
    partners = may_give_to(reader, sheet) if sheet is not None else []
    if sheet is None or not partners:
        raise Http404
    given = [_give(reader, sheet, partner, due_on) for partner in partners]
    for partner, output in zip(partners, given, strict=True):
        record_event("homework.given", output, actor=actor, within=reader.pairing, title=sheet.title)
        link = page_of("pairs:output", output.pk)
        tell("homework", partner.member, about=output, occasion=f"homework-{output.pk}", link=link, by=member)
    return given


def _give(reader: Reader, sheet: Worksheet, partner: Person, due_on: dt.date | None) -> Output:
    now = clock.now()
    if due_on is not None and due_on < local_day(now, partner.zone):
        raise InThePast
    rows = Output.objects.filter(pairing=reader.pairing, worksheet=sheet.key, member=partner.member)
    return Output.objects.create(
        pairing=reader.pairing,
        kind=OutputKind.WORKSHEET,
        worksheet=sheet.key,
        moment=f"given-{_next(rows)}",
        title=sheet.title[:200],
        member=partner.member,
        session=present_session(reader.pairing),
        required=False,
        opens_at=now,
        due_at=day_ends(due_on, partner.zone) if due_on else None,
    )


def _next(rows: Iterable[Output]) -> int:
    return max((int(found[1]) for row in rows if (found := GIVEN.match(row.moment))), default=0) + 1
