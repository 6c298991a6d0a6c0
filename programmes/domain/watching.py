"""What the programme's own worksheets ask of those who run it: days that have come, points not in place, high risks.

A date marked ``Meaning.REVIEW_DATE`` counts from ``remind_days`` before it on, until a later sheet says another day; in a
row that is settled (its ``Meaning.IN_PLACE`` answer says so) it asks nothing. A scale marked ``Meaning.RISK`` counts when
its answer is one of those that its ``talk`` names. What stands on the newest sheet of a worksheet holds, sent or not.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from zoneinfo import ZoneInfo

from mentoring import clock
from mentoring.tenancy.scope import current_organisation
from programmes.models import Programme, Sheet
from templates_app.domain.kits import current_versions, worksheet_of
from templates_app.models import TemplateVersion
from templates_app.shapes import FieldShape, Kind, Meaning, Worksheet
from templates_app.shapes.kinds import ROWS


@dataclass(frozen=True)
class Watched:
    """One thing on the coordinators' list. ``since`` is the day from which it stands there."""

    kind: Literal["date", "risk"]
    sheet: Sheet
    title: str
    """The worksheet's."""
    label: str
    """The question, and the line of the table where it stands in one."""
    place: str
    """Where in the sheet; stays the same as long as the line does."""
    since: dt.date
    on: dt.date | None = None


def today_here() -> dt.date:
    """The day it is for the open organisation."""
    return clock.now().astimezone(ZoneInfo(current_organisation().zone)).date()


def watched_in(
    programme: Programme, today: dt.date, versions: Mapping[str, TemplateVersion] | None = None
) -> list[Watched]:
    """What waits for those who run a programme, the oldest first. ``versions`` are its worksheets, where they are known.

    One query where they are; none then where no worksheet asks for any of it.
    """
    found = _all_in(programme, versions or current_versions(programme.handbook))
    return sorted((one for one in found if one.since <= today), key=lambda one: (one.since, one.place))


def next_day(programme: Programme, today: dt.date) -> dt.date | None:
    """The next day on which something more comes onto the list."""
    found = _all_in(programme, current_versions(programme.handbook))
    return min((one.since for one in found if one.since > today), default=None)


def _all_in(programme: Programme, versions: Mapping[str, TemplateVersion]) -> list[Watched]:
    keys = [key for key, version in versions.items() if _asks_anything(worksheet_of(version))]
    if not keys:
        return []
    rows = Sheet.objects.filter(programme=programme, participant=None, worksheet__in=keys)
    newest = {row.worksheet: row for row in rows.select_related("response__version__template").order_by("number")}
    return [one for sheet in newest.values() for one in _of_sheet(sheet)]


def _asks_anything(shape: Worksheet) -> bool:
    marks = {Meaning.REVIEW_DATE, Meaning.RISK}
    if not shape.is_of_programme or not shape.in_use:
        return False
    return any(inner.meaning in marks for field in shape.fields() for inner in (field, *_inside(field)))


def _of_sheet(sheet: Sheet) -> Iterator[Watched]:
    shape, facts = worksheet_of(sheet.response.version), sheet.response.facts
    begun = sheet.created_at.astimezone(ZoneInfo(current_organisation().zone)).date()
    for field in shape.fields():
        if field.kind not in ROWS:
            yield from _of_answer(sheet, shape, field, facts.get(field.key), begun, field.label, field.key)
            continue
        for number, row in enumerate(_rows(facts.get(field.key)), start=1):
            if _is_settled(_inside(field), row):
                continue
            line = next((item.label for item in field.items if item.key == row.get("_id")), "")
            for inner in _inside(field):
                label = f"{line or f'{field.label} {number}'}: {inner.label}"
                place = f"{field.key}.{row.get('_id', number)}.{inner.key}"
                yield from _of_answer(sheet, shape, inner, row.get(inner.key), begun, label, place)


def _of_answer(
    sheet: Sheet, shape: Worksheet, field: FieldShape, value: Any, begun: dt.date, label: str, place: str
) -> Iterator[Watched]:
    if field.meaning is Meaning.REVIEW_DATE and field.kind is Kind.DATE and isinstance(value, str):
        on = dt.date.fromisoformat(value)
        since = on - dt.timedelta(days=field.remind_days)
        yield Watched("date", sheet, shape.title, label, place, since, on)
    if field.meaning is Meaning.RISK and field.talk is not None and value in field.talk.values:
        yield Watched("risk", sheet, shape.title, label, place, begun)


def _inside(field: FieldShape) -> Sequence[FieldShape]:
    return (*field.columns, *field.fields) if field.kind in ROWS else ()


def _rows(value: Any) -> list[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _is_settled(fields: Sequence[FieldShape], row: Mapping[str, Any]) -> bool:
    """Whether the row's own answer says that nothing is left to do."""
    for field in fields:
        answer = row.get(field.key)
        if field.meaning is not Meaning.IN_PLACE or answer is None:
            continue
        if field.kind is Kind.CHECKLIST:
            ticks = answer if isinstance(answer, dict) else {}
            return all(ticks.get(item.key, {}).get("done") is True for item in field.items)
        settled = {field.options[0].key, *(option.key for option in field.options if option.apart)}
        return answer in settled
    return False
