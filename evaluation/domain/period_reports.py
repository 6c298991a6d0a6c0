"""A report on a period, begun with what was counted in it: numbers and themes, and no name of anybody (``sssc.must.56``).

Which worksheet it is says the handbook: the one of the programme's own whose questions open with what was counted
(``prefill: period.…``). Its coordinators look it over, say what has come of it, and send it to whom it is for.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from evaluation.domain.totals import Counted, Period, counted_in, totals_of
from mentoring.accounts.models import User
from programmes.domain.sheets import begin_programme_sheet, programme_context
from programmes.models import Cohort, Programme, Sheet
from templates_app.answers import first_answers
from templates_app.domain.counting import SMALLEST_GROUP
from templates_app.domain.kits import current_versions, worksheet_of
from templates_app.domain.responses import answers_of, save_draft
from templates_app.shapes import Kind, Worksheet

OF_PERIOD = "period."
_WORDS = frozenset({Kind.TEXT, Kind.LONGTEXT})


class NoSuchReport(Exception):
    """The handbook has no worksheet for it."""


def report_sheet_of(programme: Programme) -> Worksheet | None:
    """The handbook's own report on a period, if it has one. One query."""
    sheets = (worksheet_of(version) for version in current_versions(programme.handbook).values())
    return next(
        (sheet for sheet in sheets if sheet.in_use and sheet.is_of_programme and _opens_with_totals(sheet)), None
    )


def _opens_with_totals(sheet: Worksheet) -> bool:
    return any(field.prefill.startswith(OF_PERIOD) for field in sheet.fields())


@dataclass(frozen=True)
class BegunReport:
    """The report, and the questions whose words stand as somebody left them, though other words would open them now."""

    sheet: Sheet
    kept: list[str]


@transaction.atomic
def begin_period_report(*, cohort: Cohort, period: Period, actor: User) -> BegunReport:
    """Begin the report with what was counted, or count anew for the one that is being written: days and numbers are put in
    again, and words stay where there are any, for somebody may have worked on them.

    Raises ``NoSuchReport``, ``StaleSave`` where a colleague saves it in the same moment, and ``NotTheirs`` for anybody but a
    coordinator.
    """
    shape = report_sheet_of(cohort.programme)
    if shape is None:
        raise NoSuchReport
    known = known_of(cohort, period, actor)
    sheet = begin_programme_sheet(programme=cohort.programme, worksheet=shape.key, actor=actor, known=known)
    context = programme_context(cohort.programme, actor)
    context = replace(context, values={**context.values, **known})
    shape, there = worksheet_of(sheet.response.version), answers_of(sheet.response)
    new = {key: value for key, value in first_answers(shape, context).items() if there.get(key) != value}
    kept = {field.key: field.label for field in shape.fields() if field.kind in _WORDS and there.get(field.key)}
    counted = {key: value for key, value in new.items() if key not in kept}
    if counted:
        save_draft(
            response=sheet.response,
            actor=actor,
            answers={**there, **counted},
            revision=sheet.response.revision,
            context=context,
        )
    return BegunReport(sheet, [label for key, label in kept.items() if key in new])


def known_of(cohort: Cohort, period: Period, actor: User) -> dict[str, Any]:
    """What was counted, by the names under which questions ask for it."""
    found: dict[str, Any] = {f"{OF_PERIOD}{one.key}": one.value for one in totals_of(cohort, period)}
    found |= {f"{OF_PERIOD}first": period.first.isoformat(), f"{OF_PERIOD}last": period.last.isoformat()}
    return {**found, f"{OF_PERIOD}themes": themes(counted_in(cohort, period, actor))}


def themes(counted: Iterable[Counted]) -> str:
    """Counted answers in words, for readers who see no sheet: only where enough pairs answered that none can be told,
    and of an answer that few gave, or nobody, no more than that.
    """
    lines = []
    for one in counted:
        if one.of_few or one.pairs < SMALLEST_GROUP:
            continue
        given = ", ".join(f"{label} ({_told(0 if label in one.few else count)})" for label, count in one.counts)
        words = _("%(question)s %(given)s; %(pairs)d pairs answered.")
        lines.append(words % {"question": one.label, "given": given, "pairs": one.pairs})
    return "\n".join(lines)


def _told(count: int) -> str:
    return str(count) if count >= SMALLEST_GROUP else _("fewer than %(smallest)d") % {"smallest": SMALLEST_GROUP}
