"""What is done between two meetings: by when it is wanted, and how it stands (``gla.must.29``).

Three kinds count: what was agreed as an action, an exercise that a partner gave, and sheets of the handbook's that tell of
homework (``Use.HOMEWORK``): their first text says what, their first date by when, and the choice whose options have a
state how it stands.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mentoring import clock
from mentoring.ui import dates
from pairs.domain.actions import actions_for
from pairs.domain.at_will import is_given
from pairs.domain.instants import local_day
from pairs.domain.reading import Reader, is_sent
from pairs.domain.wanted import title_words
from pairs.enums import STILL_TO_DO, ActionKind, ActionState, Right
from pairs.models import Action, Output, Session
from templates_app.answers import display
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import answers_of
from templates_app.shapes import Kind, Use

_OVER = frozenset({"reached", "put-aside"})
_WRITTEN = frozenset({Kind.TEXT, Kind.LONGTEXT})


@dataclass(frozen=True)
class Homework:
    """One thing to do at home. ``words`` are its doer's own on how it stands, where there are any."""

    title: str
    whose: str
    is_open: bool
    due: dt.date | None = None
    words: str = ""
    output: Output | None = None
    action: Action | None = None

    def tag(self, *, zone: str, session: int | None = None) -> dates.Due:
        """How it stands, as a tag. Nobody is late with homework; without a day it is wanted by the session."""
        if not self.is_open:
            return dates.Due("good", self.words or _("done"))
        today = local_day(clock.now(), zone)
        if self.due is None:
            words = _("by session %(number)d") % {"number": session} if session else _("open")
            return dates.Due("neutral", words)
        if self.due < today:
            return dates.Due("due", _("was meant for %(date)s") % {"date": dates.short_day(self.due)})
        return dates.due(self.due, today=today)


def homework_of(reader: Reader, outputs: Iterable[Output]) -> list[Homework]:
    """The exercises that were given and the sheets of homework that this person may know of. ``outputs`` come with their
    responses, so no query is made.
    """
    return [found for row in outputs if not row.cancelled_at and (found := _of_output(reader, row))]


def brought_to(reader: Reader, session: Session, outputs: Iterable[Output]) -> list[Homework]:
    """What earlier sessions gave to do: all that is open, and what was done of the session before. One query."""
    found = [*(_of_action(reader, one) for one in actions_for(reader)), *homework_of(reader, outputs)]
    return sorted((one for one in found if _belongs(one, session)), key=_place)


def _belongs(one: Homework, session: Session) -> bool:
    thing = one.action or one.output
    came_up = thing.session.number if thing is not None and thing.session is not None else 0
    if one.action is not None and one.action.state == ActionState.DROPPED:
        return False
    return came_up < session.number and (one.is_open or came_up == session.number - 1)


def _place(one: Homework) -> tuple[bool, bool, int]:
    """What is open before what is done; the capacity plan first, then as it came up."""
    number = one.action.session.number if one.action is not None and one.action.session is not None else 0
    return (not one.is_open, one.action is None or one.action.kind != ActionKind.CAPACITY, number)


def _of_action(reader: Reader, action: Action) -> Homework:
    owner = reader.people.member(action.owner_id)
    whose = owner.short_name if owner else ""
    return Homework(action.text, whose, action.state in STILL_TO_DO, action.due_on, action=action)


def _of_output(reader: Reader, row: Output) -> Homework | None:
    sheet = reader.sheet_of(row)
    if sheet is not None and sheet.use is Use.HOMEWORK:
        return _of_sheet(reader, row) if is_sent(row) and reader.right_to(row) >= Right.READ else None
    if not is_given(row):
        return None
    zone = reader.person.zone if reader.person else reader.user.zone
    due = local_day(row.due_at, zone) if row.due_at else None
    return Homework(title_words(row.kind, row.title), _writer(reader, row), row.done_at is None, due, output=row)


def _of_sheet(reader: Reader, row: Output) -> Homework | None:
    assert row.response is not None
    sheet, answers, may_read = worksheet_of(row.response.version), answers_of(row.response), reader.field_filter(row)
    fields = [field for field in sheet.fields() if may_read(field) and answers.get(field.key)]
    title = next((str(answers[field.key]) for field in fields if field.kind in _WRITTEN), "")
    due = next((str(answers[field.key]) for field in fields if field.kind is Kind.DATE), None)
    state = next((field for field in fields if any(option.state for option in field.options)), None)
    over = {option.key for option in state.options if option.state in _OVER} if state else set()
    shown = {
        one.key: one.shown.text for part in display(sheet, answers, reader.context_for(row)) for one in part.answers
    }
    return Homework(
        title=title or row.title,
        whose=_writer(reader, row),
        is_open=state is None or answers[state.key] not in over,
        due=dt.date.fromisoformat(due) if due else None,
        words=shown.get(state.key, "") if state else "",
        output=row,
    )


def _writer(reader: Reader, row: Output) -> str:
    writer = reader.people.member(row.member_id)
    return writer.short_name if writer else ""
