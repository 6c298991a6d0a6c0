"""Worksheets as wide tables: a row for each that is owed or written, a column for each single answer.

What the maker may not read is left blank, and a column says so. Columns come from every version that was used, by keys
that survive relabelling.
"""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from evaluation.domain.exporting.plain_tables import may_show, outputs_with_responses
from evaluation.domain.exporting.tables import Row, Scope, Table, names, yes
from evaluation.domain.exporting.total_tables import is_anonymous, totals_table
from mentoring.accounts.models import User
from pairs.models import Output
from programmes.domain.enrolment import profile_filter
from programmes.models import Participant
from templates_app.answers import wide_columns, wide_row
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import answers_of
from templates_app.models import Response
from templates_app.shapes import FieldShape, Worksheet

HEAD = [
    "pairing",
    "mentee",
    "mentor",
    "filled in by",
    "session",
    "moment",
    "state",
    "due (UTC)",
    "done (UTC)",
    "answers shown",
]
MayRead = Callable[[FieldShape], bool]
Given = tuple[Worksheet, dict[str, Any], MayRead]
"""A sheet with its answers, and which of its fields the maker may read."""


def worksheet_keys(scope: Scope) -> list[str]:
    """The worksheets that the pairs have, in the handbook's order."""
    rows = Output.objects.filter(pairing__in=scope.pairings).exclude(worksheet="")
    return list(dict.fromkeys(rows.order_by("position", "worksheet").values_list("worksheet", flat=True)))


def worksheet_table(scope: Scope, key: str) -> Table:
    """The wide table of one worksheet: as many numbered columns as the longest readable sheet has rows.

    What is answered without names has a table of totals instead, with no line for anybody.
    """
    outputs = list(outputs_with_responses(scope, key))
    if is_anonymous(scope, key, outputs):
        return totals_table(scope, key)
    given = _given(scope, outputs)
    columns = _columns(given.values())
    table = Table(key, [*HEAD, *_headings(columns)])
    for row in sorted(outputs, key=lambda row: (str(row.pairing_id), row.position, row.moment)):
        cells = wide_row(*given[row.pk]) if row.pk in given else {}
        table.rows.append([*_head(scope, row, shown=row.pk in given), *(cells.get(name, "") for name in columns)])
    return table


def _given(scope: Scope, outputs: Iterable[Output]) -> dict[UUID, Given]:
    """What was written on those that the maker may read. Only their words are unsealed."""
    readable = {row.pk: row for row in outputs if may_show(scope, row)}
    written = Response.objects.in_bulk([row.response_id for row in readable.values() if row.response_id])
    found: dict[UUID, Given] = {}
    for row in readable.values():
        assert row.response is not None
        sheet = worksheet_of(row.response.version)
        may_read = scope.readers[row.pairing_id].field_filter(row)
        found[row.pk] = (sheet, answers_of(written[row.response.pk]), may_read)
    return found


def _columns(sheets: Iterable[Given]) -> dict[str, str]:
    """Column key → label, over all versions that were used."""
    columns: dict[str, str] = {}
    for sheet, answers, may_read in sheets:
        for column in wide_columns(sheet, [answers], may_read):
            columns.setdefault(column.key, column.label)
    return columns


def _headings(columns: dict[str, str]) -> list[str]:
    return [f"{label} [{key}]" for key, label in columns.items()]


def _head(scope: Scope, output: Output, *, shown: bool) -> Row:
    people = scope.people[output.pairing_id]
    person = people.member(output.member_id)
    state = output.response.get_state_display() if output.response else ""
    session = output.session.number if output.session else None
    who = [str(output.pairing_id), *names(people), person.name if person else _("together")]
    return [*who, session, output.moment, state, output.due_at, output.done_at, yes(shown)]


# --- Profiles --------------------------------------------------------------------------------------------------------


def profile_tables(scope: Scope) -> list[Table]:
    """Profiles, for coordinators only: they hold age, gender and ethnicity where somebody gave them (``plp.sys.10``) and
    the maker is no partner of anybody there.
    """
    if not scope.coordinates:
        return []
    rows = Participant.objects.filter(cohort__in=scope.cohorts, enrolment__isnull=False)
    if scope.participants is not None:
        rows = rows.filter(pk__in=scope.participants)
    by_key: dict[str, list[Participant]] = {}
    for row in rows.select_related("cohort", "enrolment__version__template").order_by("family_name", "given_name"):
        if row.enrolment is not None and row.enrolment.is_submitted:
            by_key.setdefault(row.enrolment.version.template.key, []).append(row)
    return [_profile_table(key, people, scope.user) for key, people in sorted(by_key.items())]


def _profile_table(key: str, people: list[Participant], maker: User) -> Table:
    given: dict[UUID, Given] = {}
    for row in people:
        assert row.enrolment is not None
        given[row.pk] = (worksheet_of(row.enrolment.version), answers_of(row.enrolment), profile_filter(row, maker))
    columns = _columns(given.values())
    table = Table(key, ["cohort", "name", "e-mail", *_headings(columns)])
    for row in people:
        cells = wide_row(*given[row.pk])
        table.rows.append([row.cohort.title, row.name, row.email, *(cells.get(name, "") for name in columns)])
    return table
