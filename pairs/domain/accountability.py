"""What the mentor is to say when something agreed was not done, in the mentee's own words (``gla.must.64``)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pairs.domain.goal_rows import lists_in
from pairs.domain.goals import goals_for
from pairs.domain.reading import Reader, is_sent
from pairs.enums import GoalLevel, GoalState, Right
from pairs.models import Goal, Output, Session
from templates_app.answers.rows import parts_of
from templates_app.domain.responses import answers_of
from templates_app.shapes import FieldShape, Kind, Meaning, Worksheet


@dataclass(frozen=True)
class ToSay:
    """What is to be said, and about what; ``about`` is empty where it holds for all."""

    about: str
    words: str


def to_say_at(reader: Reader, session: Session, outputs: Iterable[Output]) -> list[ToSay]:
    """What was agreed before a session for the case that something was not done: for all goals, then for single ones.

    Only what this person may read. Nothing is read where the handbook does not ask for it.
    """
    asking = {key: sheet for key, sheet in reader.worksheets.items() if _asks(sheet.fields())}
    if not asking:
        return []
    return [*_of_sheets(reader, session, outputs, asking), *_of_goals(reader, asking)]


def _asks(fields: Iterable[FieldShape]) -> bool:
    return any(field.meaning is Meaning.ACCOUNTABILITY or _asks(parts_of(field)) for field in _with_parts(fields))


def _with_parts(fields: Iterable[FieldShape]) -> Iterator[FieldShape]:
    return (field for field in fields if field.meaning or field.kind in {Kind.GOAL, Kind.GROUP, Kind.TABLE})


def _of_sheets(
    reader: Reader, session: Session, outputs: Iterable[Output], asking: Mapping[str, Worksheet]
) -> Iterator[ToSay]:
    """From each writer's newest sheet sent before the session."""
    sent = [row for row in outputs if row.worksheet in asking and is_sent(row) and _is_before(row, session)]
    newest: dict[object, Output] = {}
    for row in sorted(sent, key=lambda row: row.done_at or row.created_at):
        if reader.right_to(row) >= Right.READ:
            newest[row.worksheet, row.member_id] = row
    for row in newest.values():
        sheet, may_read = reader.sheet_of(row), reader.field_filter(row)
        assert row.response is not None
        answers = answers_of(row.response)
        for field in sheet.fields() if sheet else []:
            words = answers.get(field.key)
            if field.meaning is Meaning.ACCOUNTABILITY and isinstance(words, str) and may_read(field):
                yield ToSay("", words)


def _is_before(output: Output, session: Session) -> bool:
    return session.starts_at is None or (output.done_at is not None and output.done_at < session.starts_at)


def _of_goals(reader: Reader, asking: Mapping[str, Worksheet]) -> Iterator[ToSay]:
    keys: dict[tuple[str, str, str], list[str]] = {}
    for sheet in asking.values():
        for top in sheet.fields():
            for one in lists_in(top):
                asked = [part.key for part in parts_of(one) if part.meaning is Meaning.ACCOUNTABILITY]
                keys.setdefault((sheet.key, top.key, str(one.level or GoalLevel.GOAL)), []).extend(asked)
    for goal in goals_for(reader) if any(keys.values()) else []:
        yield from _of_goal(goal, keys.get((goal.worksheet, goal.field, goal.level), []))


def _of_goal(goal: Goal, keys: Iterable[str]) -> Iterator[ToSay]:
    if goal.state in {GoalState.OPEN, GoalState.OFF_TRACK}:
        for key in keys:
            if goal.words.get(key):
                yield ToSay(goal.title, goal.words[key])
