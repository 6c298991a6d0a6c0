"""What is counted of sheets that stay their writers', because these said that it may be (``phase1.must.45``)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from evaluation.domain.own_versions import with_own_sheets
from evaluation.domain.steps import SMALLEST_GROUP, how_many_count
from mentoring import clock
from pairs.domain.alongside import formal
from pairs.models import Output
from programmes.models import Cohort
from templates_app.domain.counting import agrees
from templates_app.domain.kits import current_versions, worksheet_of
from templates_app.models import ResponseState
from templates_app.shapes import Worksheet


class Agreed(NamedTuple):
    """A sheet that may be counted: its worksheet, its facts, when it was sent, and whose it is."""

    worksheet: str
    facts: Mapping[str, Any]
    sent_at: dt.datetime
    person: UUID


def agreed_counts(cohort: Cohort) -> list[dict[str, Any]]:
    """For each option that is counted, how many people chose it on a sheet that may be counted: those of fewer than five
    people are left out, and more come in a few at a time. A fixed number of queries.
    """
    versions = current_versions(cohort.programme.handbook)
    sheets = {key: sheet for key, version in versions.items() if (sheet := worksheet_of(version)).counted}
    if not sheets:
        return []
    rows = agreed_sheets(cohort, sheets)
    by_sheet = {key: [row for row in rows if row.worksheet == key] for key in sheets}
    return [number for key, sheet in sheets.items() for number in _of_sheet(sheet, by_sheet[key])]


def agreed_sheets(cohort: Cohort, sheets: Mapping[str, Worksheet]) -> list[Agreed]:
    """Sheets of these worksheets (each one that is ``counted``) that may be counted. Only their facts are read.

    Each is asked by the version on which it was written: who was not told that something is counted agreed to nothing.
    """
    found = Output.objects.filter(
        formal(),
        pairing__cohort=cohort,
        worksheet__in=sheets,
        cancelled_at=None,
        member__isnull=False,
        response__state=ResponseState.SUBMITTED,
    ).select_related("member")
    agreed: list[Agreed] = []
    for row, own in with_own_sheets(found):
        response, now = row.response, sheets[row.worksheet].counted
        assert response is not None
        assert response.submitted_at is not None
        assert row.member is not None
        assert now is not None
        told = own.counted
        if told is not None and told.by == now.by and agrees(response.facts, told.when):
            agreed.append(Agreed(row.worksheet, response.facts, response.submitted_at, row.member.participant_id))
    return agreed


def _of_sheet(sheet: Worksheet, rows: Iterable[Agreed]) -> Iterator[dict[str, Any]]:
    assert sheet.counted is not None
    first: dict[str, dict[UUID, dt.datetime]] = defaultdict(dict)
    for row in sorted(rows, key=lambda row: row.sent_at):
        first[str(row.facts.get(sheet.counted.by))].setdefault(row.person, row.sent_at)
    asked = next(field for field in sheet.fields() if field.key == sheet.counted.by)
    words = {"sheet": sheet.title, "least": SMALLEST_GROUP}
    for option in asked.options:
        people = how_many_count(sorted(first[option.key].values()), over_at=None, now=clock.now())
        if people >= SMALLEST_GROUP:
            definition = _("People who agreed that this is counted, from “%(sheet)s”; shown from %(least)d people on.")
            yield {
                "key": f"counted-{sheet.key}-{option.key}",
                "value": people,
                "of": None,
                "title": option.label,
                "definition": definition % words,
            }
