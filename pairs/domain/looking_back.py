"""What two people have accomplished, drawn together for the meeting with which they close: from their logs, their goals and
the check-ups that came round (``cal.sys.99``). Each reads what they may read anyhow.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from mentoring.ui import dates
from pairs.domain.actions import actions_for
from pairs.domain.goal_pages import goals_page
from pairs.domain.instants import local_day
from pairs.domain.queries import sessions_of
from pairs.domain.reading import Reader, is_sent
from pairs.domain.time_spent import hours_together
from pairs.domain.trends import Moved, has_trend, trend_of
from pairs.enums import ActionState, Right, SessionState
from pairs.models import Output
from templates_app.domain.responses import answers_of
from templates_app.shapes import Kind, Use


@dataclass(frozen=True)
class LoggedTopic:
    """What one log says they talked about: its first written answer."""

    output: Output
    when: str
    text: str


@dataclass(frozen=True)
class GoalThen:
    """A goal and how it stands."""

    title: str
    state: str
    words: str


@dataclass(frozen=True)
class CheckedThen:
    """One question of the check-ups: what each said the first time and the last."""

    label: str
    first: list[tuple[str, str]]
    last: list[tuple[str, str]]
    first_on: str
    last_on: str


@dataclass(frozen=True)
class LookedBack:
    """Everything that tells of the time together."""

    meetings: int
    hours: float
    goals: list[GoalThen]
    done: list[str]
    """What was agreed and done."""
    checked: list[CheckedThen]
    logs: list[LoggedTopic]

    @property
    def has_any(self) -> bool:
        """Whether there is anything to look back on."""
        return bool(self.meetings or self.goals or self.done or self.checked or self.logs)


def look_back(reader: Reader, outputs: Iterable[Output]) -> LookedBack:
    """Read it for one of the pair. ``outputs`` come with their responses. A fixed number of queries for a handbook."""
    sessions = list(sessions_of(reader.pairing, reader.person))
    goals = goals_page(reader).all
    rounds = [one for one in reader.worksheets.values() if any(at.every for at in one.moments) and has_trend(one)]
    trends = [trend for one in rounds if one.use is not Use.LOG and (trend := trend_of(reader, one.key))]
    return LookedBack(
        meetings=sum(one.state == SessionState.HELD for one in sessions),
        hours=hours_together(reader, sessions),
        goals=[GoalThen(one.title, one.state, one.goal.get_state_display()) for one in goals],
        done=[one.text for one in actions_for(reader) if one.state == ActionState.DONE],
        checked=[checked for trend in trends for one in trend.questions if (checked := _checked(one))],
        logs=_logs(reader, outputs),
    )


def _checked(one: Moved) -> CheckedThen | None:
    cells = [cell for cell in one.cells if cell.answers]
    if not cells:
        return None
    last = cells[-1].answers if len(cells) > 1 else []
    return CheckedThen(one.label, cells[0].answers, last, cells[0].when, cells[-1].when)


def _logs(reader: Reader, outputs: Iterable[Output]) -> list[LoggedTopic]:
    """The logs that may be read, in the order of their sessions."""
    zone = reader.person.zone if reader.person else reader.user.zone
    found = []
    for row in outputs:
        sheet = reader.sheet_of(row)
        if sheet is None or sheet.use is not Use.LOG or row.response is None or not is_sent(row):
            continue
        if row.cancelled_at or reader.right_to(row) < Right.READ:
            continue
        given, may_read = answers_of(row.response), reader.field_filter(row)
        asked = [field for field in sheet.fields() if field.kind in {Kind.TEXT, Kind.LONGTEXT} and may_read(field)]
        text = next((str(given[field.key]) for field in asked if given.get(field.key)), "")
        held = row.session.starts_at if row.session is not None and not row.is_further else None
        day = held or row.done_at
        if text and day is not None:
            found.append((day, LoggedTopic(row, dates.short_day(local_day(day, zone)), text)))
    return [topic for _day, topic in sorted(found, key=lambda pair: (pair[0], str(pair[1].output.pk)))]
