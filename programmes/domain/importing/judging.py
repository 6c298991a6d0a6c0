"""What becomes of each row, and why. The page, the preview, the command and the import itself ask here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from programmes.domain.importing.persons import Person, RowRefused, Setting, read_person
from programmes.domain.importing.table import Row
from programmes.enums import ParticipantState, Side


class Fate(StrEnum):
    """What becomes of a row."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"
    EMPTY = "empty"


@dataclass(frozen=True)
class Judged:
    """A row's fate; ``reason`` is empty for an accepted one, which alone has its ``person``."""

    line: int
    fate: Fate
    reason: str = ""
    person: Person | None = None


@dataclass(frozen=True)
class Known:
    """Who is in the cohort already, by address and role, with their state."""

    states: Mapping[tuple[str, str], str]
    both_roles: bool = False


def judge_rows(
    rows: Sequence[Row], headings: Sequence[str], mapping: Mapping[str, str], setting: Setting, known: Known
) -> list[Judged]:
    """Every row's fate, in the file's order. ``mapping`` is heading → target key; other columns are not looked at.

    The first of several rows with one address is taken; a row never changes somebody who is in the cohort already.
    """
    columns = [(index, mapping[heading]) for index, heading in enumerate(headings) if mapping.get(heading)]
    seen: dict[tuple[str, str], int] = {}
    judged = []
    for row in rows:
        verdict = _judge(row, len(headings), columns, setting)
        if verdict.person:
            verdict = _without_doubles(verdict, seen, known)
        if verdict.person:
            seen[verdict.person.email, verdict.person.side] = row.line
        judged.append(verdict)
    return judged


def count_fates(judged: Iterable[Judged]) -> dict[str, int]:
    """How many rows have each fate, every fate named."""
    counts = dict.fromkeys((fate.value for fate in Fate), 0)
    for verdict in judged:
        counts[verdict.fate.value] += 1
    return counts


def _judge(row: Row, width: int, columns: Sequence[tuple[int, str]], setting: Setting) -> Judged:
    if not row.cells:
        return Judged(row.line, Fate.EMPTY, _("There is nothing in this row."))
    if any(row.cells[width:]):
        words = _(
            "This row has more cells than there are headings. A text that holds the separator needs quotation marks."
        )
        return Judged(row.line, Fate.REJECTED, words)
    cells = {key: row.cells[index] for index, key in columns if index < len(row.cells)}
    if not any(cells.values()):
        return Judged(row.line, Fate.EMPTY, _("There is nothing in the columns that are imported."))
    try:
        return Judged(row.line, Fate.ACCEPTED, person=read_person(cells, setting))
    except RowRefused as refusal:
        return Judged(row.line, Fate.REJECTED, str(refusal))


def _without_doubles(verdict: Judged, seen: Mapping[tuple[str, str], int], known: Known) -> Judged:
    person = verdict.person
    assert person is not None
    key = (person.email, person.side.value)
    if key in known.states:
        state = ParticipantState(known.states[key]).label
        words = _("%(email)s is in this cohort already (%(state)s). Nothing was changed.")
        return Judged(verdict.line, Fate.DUPLICATE, words % {"email": person.email, "state": state})
    if key in seen:
        words = _("%(email)s stands on line %(line)d already.")
        return Judged(verdict.line, Fate.DUPLICATE, words % {"email": person.email, "line": seen[key]})
    other = (person.email, (Side.MENTEE if person.side is Side.MENTOR else Side.MENTOR).value)
    if not known.both_roles and (other in known.states or other in seen):
        words = _("%(email)s is a %(role)s here. In this programme nobody is both.")
        return Judged(verdict.line, Fate.REJECTED, words % {"email": person.email, "role": Side(other[1]).label})
    return verdict
