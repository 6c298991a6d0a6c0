"""Pairs × outputs: what every pair owes by its handbook, one column for each side's own (``plp.sys.90``)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evaluation.domain.standing import PairStanding
from pairs.domain.output_lines import OutputLine
from pairs.domain.wanted import title_words
from pairs.enums import OutputKind, Standing
from programmes.enums import Side

Key = tuple[str, str, str, str]

SHORT = {
    OutputKind.AGREEMENT: pgettext_lazy("column", "Agreement"),
    OutputKind.SCHEDULE: pgettext_lazy("column", "Dates"),
    OutputKind.INTRODUCTION: pgettext_lazy("column", "First e-mail"),
    OutputKind.INVITATIONS: pgettext_lazy("column", "Calendar"),
    OutputKind.COMPILE: pgettext_lazy("column", "All logs"),
    OutputKind.EVALUATION: _("Evaluation"),
}
"""What stands above the column of what is no worksheet."""


@dataclass(frozen=True)
class Column:
    """An output that pairs have. ``side`` says whose it is where each side has its own; otherwise it is empty."""

    key: Key
    title: str
    side: str
    stage: str
    place: tuple[int, str]

    @property
    def words(self) -> str:
        """The title, with whose it is."""
        return f"{self.title} · {Side(self.side).label}" if self.side else self.title


@dataclass(frozen=True)
class Matrix:
    """The columns in the handbook's order and, for each pair, how each of them stands (with the output, if it has one)."""

    columns: list[Column]
    rows: list[tuple[PairStanding, list[tuple[Standing | None, OutputLine | None]]]] = field(default_factory=list)


def column_key(output: OutputLine, side: str) -> Key:
    """What makes outputs of different pairs the same column."""
    return (output.kind, output.worksheet, output.moment, side)


def matrix_of(found: Sequence[PairStanding], shown: Sequence[PairStanding], stage: str = "") -> Matrix:
    """The matrix of ``shown``, with the columns of all of ``found``: the same on every page of a long list.

    ``stage`` narrows it to the outputs of one stage.
    """
    columns = [column for column in columns_of(found) if not stage or column.stage == stage]
    matrix = Matrix(columns)
    for one in shown:
        by_key = _most_urgent(one)
        outputs = [by_key.get(column.key) for column in columns]
        matrix.rows.append((one, [(one.how(row) if row else None, row) for row in outputs]))
    return matrix


URGENCY = {Standing.LATE: 0, Standing.DUE: 1, Standing.AHEAD: 2, Standing.CANCELLED: 3, Standing.DONE: 4}


def _most_urgent(one: PairStanding) -> dict[Key, OutputLine]:
    """Of several who owe the same in a group, the one that needs somebody most: a cell is done when all are."""
    found: dict[Key, OutputLine] = {}
    for key, row in _keyed(one):
        known = found.get(key)
        if known is None or URGENCY[one.how(row)] < URGENCY[one.how(known)]:
            found[key] = row
    return found


def columns_of(found: Sequence[PairStanding]) -> list[Column]:
    """Every required output of any of these pairs, in the handbook's order, the mentee's before the mentor's."""
    firsts: dict[Key, OutputLine] = {}
    for one in found:
        for key, row in _keyed(one):
            known = firsts.setdefault(key, row)
            if known.done_at is not None and row.done_at is None:  # what is open is called as the handbook says today
                firsts[key] = row
    sides: dict[tuple[str, str, str], set[str]] = {}
    for kind, worksheet, moment, side in firsts:
        sides.setdefault((kind, worksheet, moment), set()).add(side)
    made = [
        Column(key, short_title(row), key[3] if len(sides[key[:3]]) > 1 else "", row.stage, (row.position, key[3]))
        for key, row in firsts.items()
    ]
    return sorted(made, key=lambda column: column.place)


def _keyed(one: PairStanding) -> Iterator[tuple[Key, OutputLine]]:
    """What is required of a pair, each under its column."""
    sides: dict[UUID | None, str] = {pk: person.member.side for person in one.people.everyone for pk in person.ids}
    for row in filter(_has_a_column, one.required):
        yield column_key(row, sides.get(row.member_id, "")), row


def _has_a_column(output: OutputLine) -> bool:
    """A new date for a session that lost its own is asked of one pair alone: it stands on the pair's page."""
    return output.kind != OutputKind.SCHEDULE or not output.moment


def short_title(output: OutputLine) -> str:
    """What stands above a column: a noun or two. Worksheets keep the handbook's own title."""
    short = SHORT.get(OutputKind(output.kind))
    return str(short) if short else title_words(output.kind, output.title)
