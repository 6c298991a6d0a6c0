"""Days that a pair names on one sheet, on which another is asked of it: the reviews it agreed on (``gla.must.15``)."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from mentoring import clock
from pairs.domain.instants import day_begins, day_ends, local_day
from pairs.domain.people import People, people_of
from pairs.domain.planning import call_again, plan_of, replan, withdraw
from pairs.domain.wanted import sides_of, titled
from pairs.enums import OutputKind
from pairs.models import Output, PairingMember
from templates_app.domain.kits import worksheet_of
from templates_app.models import Response
from templates_app.shapes import FieldShape, Worksheet

AHEAD = dt.timedelta(days=7)
"""So long before its day it stands among what is owed."""
ON = "on-"
"""How the moments of such sheets begin; the day follows."""


def keep_called_days(output: Output) -> None:
    """Bring what is asked on named days into line with a sheet that was just sent. A day that is over calls for nothing,
    and what somebody has begun or done stays. Of one that repeats the newest sheet names the days: an earlier one that was
    taken up and sent again changes none. Nothing is read where the worksheet names no days.
    """
    if output.response_id is None or not output.pairing.is_active:
        return
    response = Response.objects.select_related("version__template").get(pk=output.response_id)
    called = [field for field in _all(worksheet_of(response.version).fields()) if field.calls_for]
    if not called or is_replaced(output, response):
        return
    plan = plan_of(output.pairing)
    for key in sorted({field.calls_for for field in called}):
        sheet = plan.worksheets.get(key)
        if sheet is not None and sheet.in_use:
            names = {field.key for field in called if field.calls_for == key}
            _keep(output, sheet, set(_days(response.facts, names)))
    replan(output.pairing)


def is_replaced(output: Output, response: Response) -> bool:
    """Whether a sheet that was begun later by the same writers has been sent, be it in hand again by now."""
    alike = Output.objects.filter(
        pairing=output.pairing, worksheet=output.worksheet, member=output.member_id, cancelled_at=None
    )
    later = alike.filter(response__created_at__gt=response.created_at, response__submitted_at__isnull=False)
    return later.exclude(pk=output.pk).exists()


def _all(fields: list[FieldShape]) -> Iterator[FieldShape]:
    for field in fields:
        yield field
        yield from _all([*field.columns, *field.fields])


def _days(facts: Mapping[str, Any], names: set[str]) -> Iterator[dt.date]:
    for key, value in facts.items():
        if key in names and isinstance(value, str):
            yield dt.date.fromisoformat(value)
        for row in value if isinstance(value, list) else ():
            if isinstance(row, dict):
                yield from _days(row, names)


_Place = tuple[str, UUID | None]
_Day = tuple[PairingMember | None, dt.date, list[str]]


def _keep(output: Output, sheet: Worksheet, days: set[dt.date]) -> None:
    rows = Output.objects.filter(
        pairing=output.pairing, kind=OutputKind.WORKSHEET, worksheet=sheet.key, moment__startswith=ON
    )
    known: dict[_Place, Output] = {(row.moment, row.member_id): row for row in rows}
    wanted = _wanted(people_of(output.pairing), sheet, days)
    gone = [row for place, row in known.items() if place not in wanted and row.is_open and row.response_id is None]
    withdraw(gone, clock.now())
    call_again([row for place, row in known.items() if place in wanted and row.cancelled_at and row.done_at is None])
    stage = next((moment.stage for moment in sheet.moments if moment.stage), "") or ""
    for place in sorted((one for one in wanted if one not in known), key=str):
        member, day, zones = wanted[place]
        Output.objects.create(
            pairing=output.pairing,
            kind=OutputKind.WORKSHEET,
            worksheet=sheet.key,
            moment=place[0],
            title=titled(sheet),
            member=member,
            stage=stage,
            opens_at=min(day_begins(day - AHEAD, zone) for zone in zones),
            due_at=max(day_ends(day, zone) for zone in zones),
        )


def _wanted(people: People, sheet: Worksheet, days: set[dt.date]) -> dict[_Place, _Day]:
    """Who is asked on which day that is not over for all of them."""
    found: dict[_Place, _Day] = {}
    for member in _owing(people, sheet):
        key = member.pk if member else None
        zones = people.zones(key)
        today = min(local_day(clock.now(), zone) for zone in zones)
        found |= {(f"{ON}{day}", key): (member, day, zones) for day in days if day >= today}
    return found


def _owing(people: People, sheet: Worksheet) -> list[PairingMember | None]:
    found: list[PairingMember | None] = []
    for side in sides_of(sheet.filled_by):
        found += [None] if side is None else [one.member for one in people.on(side) if one.is_here]
    return found
