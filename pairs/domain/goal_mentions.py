"""Where other sheets name something of the page of goals: a journal, a small win, a score. With the figures given there."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mentoring.ui import dates
from mentoring.ui.charts import MOST_CATEGORIES, Chart, Series
from pairs.domain.goal_words import names_goals
from pairs.domain.reading import Reader, is_sent
from pairs.enums import Right
from pairs.models import Output
from templates_app.answers.rows import parts_of, rows_in
from templates_app.shapes import FieldShape, Kind, Worksheet

_FIGURES = frozenset({Kind.SCALE, Kind.NUMBER})
DayOf = Callable[[dt.datetime], dt.date]


@dataclass(frozen=True)
class Figure:
    """A number somebody gave: how far one is, from 0 to 10, say."""

    field: FieldShape
    value: float


@dataclass(frozen=True)
class Mention:
    """A sheet that names something of the page of goals, on the day it was sent. ``row`` is what it names."""

    row: str
    output: Output
    worksheet: Worksheet
    day: dt.date
    figures: list[Figure]


def mentions_in(reader: Reader, outputs: Iterable[Output], day_of: DayOf) -> list[Mention]:
    """What sent sheets that this person may read say of goals, oldest first. No query: ``outputs`` come with responses."""
    sent = [row for row in outputs if is_sent(row) and row.done_at and reader.right_to(row) >= Right.READ]
    sent.sort(key=lambda row: row.done_at)  # type: ignore[arg-type,return-value]
    return [found for row in sent for found in _in_sheet(reader, row, day_of)]


def _in_sheet(reader: Reader, output: Output, day_of: DayOf) -> Iterator[Mention]:
    sheet = reader.sheet_of(output)
    assert output.response is not None
    assert output.done_at is not None
    if sheet is None:
        return
    may_read, facts = reader.field_filter(output), output.response.facts
    fields = [field for field in sheet.fields() if may_read(field)]
    day = day_of(output.done_at)
    figures = _figures(fields, facts)
    for row in _named(fields, facts):
        yield Mention(row, output, sheet, day, figures)
    for field in fields:
        if field.kind in {Kind.GROUP, Kind.TABLE, Kind.ACTION}:
            for line in rows_in(facts.get(field.key)):
                for row in _named(parts_of(field), line):
                    yield Mention(row, output, sheet, day, _figures(parts_of(field), line))


def _named(fields: Iterable[FieldShape], facts: Mapping[str, Any]) -> Iterator[str]:
    for field in fields:
        if names_goals(field):
            value = facts.get(field.key)
            yield from [str(one) for one in (value if isinstance(value, list) else [value]) if one]


def _figures(fields: Iterable[FieldShape], facts: Mapping[str, Any]) -> list[Figure]:
    found = []
    for field in fields:
        value = facts.get(field.key)
        if field.kind in _FIGURES and isinstance(value, int | float) and not isinstance(value, bool):
            found.append(Figure(field, float(value)))
    return found


def charts_of(mentions: Iterable[Mention]) -> list[Chart]:
    """How each figure has moved, where it was given twice at least and never below nought."""
    lines: dict[tuple[str, str], list[tuple[Mention, Figure]]] = {}
    for one in mentions:
        for figure in one.figures:
            lines.setdefault((one.worksheet.key, figure.field.key), []).append((one, figure))
    return [
        _chart(line[-MOST_CATEGORIES:])
        for line in lines.values()
        if len(line) > 1 and min(figure.value for _one, figure in line) >= 0
    ]


def _chart(line: list[tuple[Mention, Figure]]) -> Chart:
    shape = line[-1][1].field
    top = max((float(point.value) for point in shape.points), default=shape.maximum or 0)
    return Chart(
        title=shape.label,
        description=_("How this has moved from sheet to sheet."),
        categories=[dates.short_day(one.day) for one, _figure in line],
        series=[Series(line[-1][0].worksheet.title, [figure.value for _one, figure in line])],
        unit=shape.unit,
        most=top if top > 0 else None,
    )
