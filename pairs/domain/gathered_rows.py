"""The rows with which a report on one's progress opens: what was reached and sent since the last one (``phase1.measure.2``).

They are put in once, when the sheet is begun, from what its writer may read; the writer changes and takes out what they like
before anybody else sees it.
"""

import datetime as dt
import secrets
from collections.abc import Iterator
from itertools import takewhile
from typing import Any, NamedTuple

from django.db.models import Prefetch, Q

from mentoring import clock
from mentoring.accounts.models import User
from pairs.domain.instants import local_day
from pairs.domain.queries import with_response
from pairs.domain.reading import Reader, is_sent, reader_of
from pairs.enums import GoalState
from pairs.models import Goal, GoalChange, Output
from templates_app.answers import AnswerContext
from templates_app.answers.rows import rows_in
from templates_app.domain.responses import Answers, answers_of
from templates_app.shapes import FieldShape, Gathers, Worksheet


class Dated(NamedTuple):
    """Something to report: the day it bears, when it was noted here, and its cells."""

    day: dt.date
    noted_at: dt.datetime
    cells: dict[str, Any]


def gathered_rows(output: Output, sheet: Worksheet, actor: User) -> Answers:
    """The first rows of every table that gathers some, the oldest first. Nothing is read where none does."""
    tables = [field for field in sheet.fields() if field.gathers and not field.hidden]
    if not tables:
        return {}
    reader = reader_of(actor, output.pairing)
    if reader.person is None or output.member_id not in reader.person.ids:
        return {}
    return {table.key: rows for table in tables if (rows := _rows(reader, output, table))}


def since(output: Output, zone: str) -> dt.date:
    """The day after the writer's last such sheet was sent; without one, the day the pairing began."""
    last = _last(output)
    if last is None or last.done_at is None:
        return local_day(output.pairing.started_at, zone)
    return local_day(last.done_at, zone) + dt.timedelta(days=1)


def _last(output: Output) -> Output | None:
    """The newest such sheet that the writer has sent before."""
    mine = Output.objects.filter(pairing=output.pairing, worksheet=output.worksheet, member=output.member)
    return with_response(mine.exclude(pk=output.pk).filter(done_at__isnull=False)).order_by("-done_at").first()


def since_last(context: AnswerContext) -> str | None:
    """That day, as the first answer of a date; ``None`` for what is no pair's sheet."""
    output = context.subject
    return since(output, context.zone).isoformat() if isinstance(output, Output) else None


def _rows(reader: Reader, output: Output, table: FieldShape) -> list[dict[str, Any]]:
    """What came about since the rows of the last report were put in, by when it was noted and not only by the day it bears:
    what is entered later on the same day, or late, would be in no report. What that one told already is left out.
    """
    zone, last = reader.user.zone, _last(output)
    begun = last.response.created_at if last and last.response else output.pairing.started_at
    known = rows_in(answers_of(last.response).get(table.key)) if last and last.response else []
    found: list[Dated] = []
    for one in table.gathers:
        found += _reached(reader, output, one) if one.level else _sent(reader, output, one)
    first, today = local_day(begun, zone), local_day(clock.now(), zone)
    wanted = [
        row
        for row in found
        if row.day <= today
        and (first < row.day or (last is None and row.day == first) or (last is not None and begun < row.noted_at))
        and not any(row.cells.items() <= told.items() for told in known)
    ]
    wanted.sort(key=lambda row: (row.day, sorted(row.cells.items())))
    return [{"_id": secrets.token_hex(4), **row.cells} for row in wanted[-table.max_rows :]]


def _reached(reader: Reader, output: Output, one: Gathers) -> Iterator[Dated]:
    """What was reached of a level, on sheets of the writer's own or of all of them together."""
    goals = Goal.objects.filter(pairing=output.pairing, level=one.level, state=GoalState.REACHED)
    changes = Prefetch("changes", GoalChange.objects.only("goal", "state", "changed_at"))
    for goal in goals.filter(reached_on__isnull=False).order_by("reached_on", "pk").prefetch_related(changes):
        if reader.knows_goal(goal) and reader.writer_of(goal) in (None, reader.person):
            assert goal.reached_on is not None
            parts = {"title": goal.title, "reached_on": goal.reached_on.isoformat()}
            yield Dated(goal.reached_on, _marked_at(goal), {own: parts[part] for own, part in one.columns.items()})


def _marked_at(goal: Goal) -> dt.datetime:
    """Since when it has stood as reached, whatever was worded anew meanwhile."""
    changes = list(goal.changes.all())
    since = [one.changed_at for one in takewhile(lambda one: one.state == GoalState.REACHED, reversed(changes))]
    return since[-1] if since else goal.created_at


def _sent(reader: Reader, output: Output, one: Gathers) -> Iterator[Dated]:
    """Sheets of a worksheet that the writer has sent, alone or with the others. One still in hand tells of nothing."""
    theirs = Q(member=output.member_id) | Q(member=None)
    rows = Output.objects.filter(theirs, pairing=output.pairing, worksheet=one.worksheet, done_at__isnull=False)
    for row in with_response(rows).order_by("done_at", "pk"):
        if not is_sent(row):
            continue
        assert row.response is not None
        answers = answers_of(row.response)
        day = _day(answers.get(one.on or ""))
        if day is not None:
            yield Dated(
                day,
                row.done_at or clock.now(),
                {own: answers[field] for own, field in one.columns.items() if answers.get(field)},
            )


def _day(said: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(said))
    except ValueError:
        return None
