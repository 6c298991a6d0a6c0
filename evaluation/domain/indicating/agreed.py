"""Results of people's own, by kind and by quarter: counted where each of them says so (``phase1.measure.3``)."""

import datetime as dt
from collections import defaultdict

from django.utils.translation import gettext as _

from evaluation.domain.agreed_counts import Agreed, agreed_sheets
from evaluation.domain.indicating.found import Figure
from evaluation.domain.indicating.gathering import Gathered
from evaluation.domain.steps import how_many_count
from templates_app.domain.counting import SMALLEST_GROUP
from templates_app.domain.kits import current_version, worksheet_of
from templates_app.shapes import Measure

QUARTERS = 8
"""So many quarters are told of a kind, the newest of those in which it was chosen often enough."""


def agreed(measure: Measure, gathered: Gathered) -> list[Figure]:
    """For each kind how many people in all, and in each quarter in which enough did; people are counted, not sheets."""
    sheet = worksheet_of(current_version(gathered.cohort.programme.handbook, measure.worksheet or ""))
    if sheet.counted is None:
        return []
    asked = next(field for field in sheet.fields() if field.key == sheet.counted.by)
    rows = agreed_sheets(gathered.cohort, {sheet.key: sheet})
    found: list[Figure] = []
    for option in asked.options:
        own = [row for row in rows if str(row.facts.get(asked.key)) == option.key]
        found.append(_figure(own, gathered.now, option.label, _("In all")))
        found += _by_quarter(own, gathered.now, option.label, measure.fields[0])
    return found


def _by_quarter(rows: list[Agreed], now: dt.datetime, kind: str, date: str) -> list[Figure]:
    quarters: dict[tuple[int, int], list[Agreed]] = defaultdict(list)
    for row in rows:
        if day := _day(row.facts.get(date)):
            quarters[day.year, (day.month + 2) // 3].append(row)
    figures = [
        _figure(own, now, kind, _("Quarter %(quarter)d of %(year)d") % {"quarter": quarter, "year": year})
        for (year, quarter), own in sorted(quarters.items())
    ]
    return [one for one in figures if not one.hidden][-QUARTERS:]


def _figure(rows: list[Agreed], now: dt.datetime, kind: str, label: str) -> Figure:
    """How many people, a few more at a time; fewer than the smallest group look like none."""
    first: dict[object, dt.datetime] = {}
    for row in sorted(rows, key=lambda row: (row.sent_at, str(row.person))):
        first.setdefault(row.person, row.sent_at)
    people = how_many_count(sorted(first.values()), over_at=None, now=now)
    if people < SMALLEST_GROUP:
        return Figure(label, None, "number", 0, hidden=True, group=kind)
    return Figure(label, float(people), "number", people, group=kind)


def _day(said: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(said))
    except ValueError:
        return None
