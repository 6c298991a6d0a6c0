"""A file of tasks: its columns, and what would become of each of its rows. Nothing is kept before it is taken in, as a whole.

The same readers that take in lists of people read the file; the rows wait in the page, not in the database.
"""

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pairs.domain.people import People
from pairs.domain.person import Person
from pairs.enums import ActionState
from programmes.domain.importing.table import FileRefused
from programmes.domain.importing.targets import folded
from programmes.domain.importing.text_files import read_text_rows
from templates_app.answers.moments import FIRST_YEAR, LAST_YEAR

MAX_BYTES = 512 * 1024
MAX_TASKS = 200
"""So many tasks are taken in at once: more are no plan of two people."""
MAX_WORDS = 500

COLUMNS: dict[str, Promise] = {
    "task": gettext_lazy("Task"),
    "owner": gettext_lazy("Whose it is"),
    "due": gettext_lazy("By when"),
    "state": gettext_lazy("How it stands"),
}
"""What a column can mean."""
_SAID = {
    "task": ("task", "tasks", "action", "what", "title", "name", "card", "card name", "to do", "task name", "summary"),
    "owner": ("whose", "whose it is", "owner", "who", "assignee", "assigned to", "members", "responsible"),
    "due": ("due", "due date", "by when", "until", "date", "deadline"),
    "state": ("state", "status", "how it stands", "list", "list name", "column", "section column", "progress"),
}
_STATES = {
    ActionState.OPEN: ("", "open", "to do", "todo", "not started", "backlog", "planned"),
    ActionState.DOING: ("doing", "under way", "in progress", "started", "begun"),
    ActionState.DONE: ("done", "complete", "completed", "finished", "closed", "yes"),
    ActionState.DROPPED: ("let go", "dropped", "cancelled"),
}
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")


@dataclass(frozen=True)
class TaskTable:
    """The headings of a file and the rows below them, each with the line on which it stands."""

    headings: list[str]
    rows: list[tuple[int, list[str]]]


@dataclass(frozen=True)
class TaskRow:
    """One row and what becomes of it: ``new``, ``there`` already, or ``wrong`` for the ``reason``."""

    line: int
    text: str
    fate: str
    reason: str = ""
    owner: Person | None = None
    due: dt.date | None = None
    state: ActionState = ActionState.OPEN


@dataclass(frozen=True)
class Known:
    """What rows are held against: the people, who brings the file, and what stands there already (``same_task``)."""

    people: People
    actor: Person
    there: Collection[tuple[str, str]] = field(default_factory=frozenset)


def read_tasks(data: bytes) -> TaskTable:
    """The table in a CSV file. Raises ``FileRefused`` with what is wrong and what to do."""
    if len(data) > MAX_BYTES:
        raise FileRefused(_("This file is too large for a list of tasks. Keep the columns that are needed."))
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise FileRefused(_("This is no CSV file. In your program, save or export the list as CSV."))
    filled = [row for row in read_text_rows(data) if row.cells]
    if len(filled) < 2:
        raise FileRefused(
            _("There is nothing below the headings. The first line names the columns, then a line for each task.")
        )
    if len(filled) - 1 > MAX_TASKS:
        words = _("This file has more than %(limit)d tasks. Split it, and take in the parts one after the other.")
        raise FileRefused(words % {"limit": MAX_TASKS})
    head, *rows = filled
    return TaskTable(head.cells, [(row.line, row.cells) for row in rows])


def guess(headings: Sequence[str]) -> list[str]:
    """For each heading the column it seems to mean; empty where it says nothing that is known. None is meant twice."""
    found: list[str] = []
    for heading in headings:
        fits = (key for key, words in _SAID.items() if _means(heading, (*words, COLUMNS[key])) and key not in found)
        found.append(next(fits, ""))
    return found


def judge(table: TaskTable, meanings: Sequence[str], known: Known) -> list[TaskRow]:
    """What becomes of each row, in the order of the file. A task that stands twice is taken in once."""
    there, found = set(known.there), []
    for line, cells in table.rows:
        said = {key: cell for key, cell in zip(meanings, cells, strict=False) if key}
        row = _judged(line, said, known, there)
        if row.fate == "new":
            there.add(same_task(row.text, row.owner))
        found.append(row)
    return found


def same_task(text: str, owner: Person | None) -> tuple[str, str]:
    """Two tasks are the same by their words and whose they are."""
    return folded(text) or text.strip(), str(owner.participant.pk) if owner else ""


def _judged(line: int, said: Mapping[str, str], known: Known, there: Collection[tuple[str, str]]) -> TaskRow:
    text = " ".join(said.get("task", "").split())
    if not text:
        return TaskRow(line, "", "wrong", _("No task stands in this line."))
    if len(text) > MAX_WORDS:
        return TaskRow(line, text, "wrong", _("Say it in at most %(most)d characters.") % {"most": MAX_WORDS})
    owner, due, state = _owner(said.get("owner", ""), known), _day(said.get("due", "")), _state(said.get("state", ""))
    if isinstance(owner, str):
        return TaskRow(line, text, "wrong", owner)
    if isinstance(due, str):
        return TaskRow(line, text, "wrong", due)
    if state is None:
        reason = _("“%(words)s” says nothing of how it stands: write to do, doing or done.")
        return TaskRow(line, text, "wrong", reason % {"words": said["state"][:40]})
    is_there = bool({same_task(text, owner), same_task(text, None)} & set(there))
    return TaskRow(line, text, "there" if is_there else "new", "", owner, due, state)


def _owner(said: str, known: Known) -> Person | str:
    """Whom a cell means: a name or a side. A blank one means who brings the file; the reason where it means nobody."""
    wanted = folded(said)
    if not wanted:
        return known.actor
    here = known.people.here
    fits = [one for one in here if wanted in (folded(one.name), folded(one.first_name), folded(one.short_name))]
    fits = fits or [one for one in here if wanted in (folded(str(one.side)), folded(str(one.side.label)))]
    if len(fits) == 1:
        return fits[0]
    words = (
        _("“%(words)s” is nobody of you.")
        if not fits
        else _("“%(words)s” may be several of you: write the whole name.")
    )
    return words % {"words": said[:40]}


def _day(said: str) -> dt.date | str | None:
    if not said.strip():
        return None
    match = _DAY.fullmatch(said.strip())
    try:
        day = dt.date(*(int(part) for part in match.groups()[:3])) if match else None
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        return _("“%(words)s” is no day that we can be sure of: write it as 2026-01-31.") % {"words": said[:40]}
    return day


def _state(said: str) -> ActionState | None:
    return next((state for state, words in _STATES.items() if _means(said, (*words, state.label))), None)


def _means(said: str, words: Sequence[str | Promise]) -> bool:
    return folded(said) in [folded(str(word)) for word in words]
