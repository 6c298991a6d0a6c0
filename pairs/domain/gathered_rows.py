"""The rows with which a report on one's progress opens: what was reached and sent since the last one (``phase1.measure.2``).

They are put in once, when the sheet is begun, from what its writer may read; the writer changes and takes out what they like
before anybody else sees it.
"""

import datetime as dt
import secrets
from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from mentoring import clock
from mentoring.accounts.models import User
from pairs.domain.instants import local_day
from pairs.domain.queries import with_response
from pairs.domain.reading import Reader, is_sent, reader_of
from pairs.enums import GoalState
from pairs.models import Goal, Output
from templates_app.answers import AnswerContext
from templates_app.domain.responses import Answers, answers_of
from templates_app.shapes import FieldShape, Gathers, Worksheet

Dated = tuple[dt.date, dict[str, Any]]


def gathered_rows(output: Output, sheet: Worksheet, actor: User) -> Answers:
    """The first rows of every table that gathers some, the oldest first. Nothing is read where none does."""
    tables = [field for field in sheet.fields() if field.gathers and not field.hidden]
    if not tables:
        return {}
    reader = reader_of(actor, output.pairing)
    if reader.person is None or output.member_id not in reader.person.ids:
        return {}
    first, today = since(output, reader.user.zone), local_day(clock.now(), reader.user.zone)
    return {table.key: rows for table in tables if (rows := _rows(reader, output, table, first, today))}


def since(output: Output, zone: str) -> dt.date:
    """The day after the writer's last such sheet was sent; without one, the day the pairing began."""
    mine = Output.objects.filter(pairing=output.pairing, worksheet=output.worksheet, member=output.member)
    last = mine.exclude(pk=output.pk).filter(done_at__isnull=False).order_by("-done_at").first()
    if last is None or last.done_at is None:
        return local_day(output.pairing.started_at, zone)
    return local_day(last.done_at, zone) + dt.timedelta(days=1)


def since_last(context: AnswerContext) -> str | None:
    """That day, as the first answer of a date; ``None`` for what is no pair's sheet."""
    output = context.subject
    return since(output, context.zone).isoformat() if isinstance(output, Output) else None


def _rows(reader: Reader, output: Output, table: FieldShape, first: dt.date, today: dt.date) -> list[dict[str, Any]]:
    found: list[Dated] = []
    for one in table.gathers:
        found += _reached(reader, output, one) if one.level else _sent(reader, output, one)
    wanted = sorted(
        (row for row in found if first <= row[0] <= today), key=lambda row: (row[0], sorted(row[1].items()))
    )
    return [{"_id": secrets.token_hex(4), **cells} for _day, cells in wanted[-table.max_rows :]]


def _reached(reader: Reader, output: Output, one: Gathers) -> Iterator[Dated]:
    """What was reached of a level, on sheets of the writer's own or of all of them together."""
    goals = Goal.objects.filter(pairing=output.pairing, level=one.level, state=GoalState.REACHED)
    for goal in goals.filter(reached_on__isnull=False).order_by("reached_on", "pk"):
        if reader.knows_goal(goal) and reader.writer_of(goal) in (None, reader.person):
            assert goal.reached_on is not None
            parts = {"title": goal.title, "reached_on": goal.reached_on.isoformat()}
            yield goal.reached_on, {own: parts[part] for own, part in one.columns.items()}


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
            yield day, {own: answers[field] for own, field in one.columns.items() if answers.get(field)}


def _day(said: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(said))
    except ValueError:
        return None
