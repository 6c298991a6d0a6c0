"""Pairs × outputs: what every pair owes by its handbook, one column for each side's own (``plp.sys.90``)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from evaluation.domain.standing import PairStanding
from pairs.domain.wanted import title_words
from pairs.enums import OutputKind, Standing
from pairs.models import Output
from programmes.enums import Side

Key = tuple[str, str, str, str]


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
    rows: list[tuple[PairStanding, list[tuple[Standing | None, Output | None]]]] = field(default_factory=list)


def column_key(output: Output, side: str) -> Key:
    """What makes outputs of different pairs the same column."""
    return (output.kind, output.worksheet, output.moment, side)


def matrix_of(found: Sequence[PairStanding], shown: Sequence[PairStanding], stage: str = "") -> Matrix:
    """The matrix of ``shown``, with the columns of all of ``found``: the same on every page of a long list.

    ``stage`` narrows it to the outputs of one stage.
    """
    columns = [column for column in columns_of(found) if not stage or column.stage == stage]
    matrix = Matrix(columns)
    for one in shown:
        by_key = {column_key(row, _side(one, row)): row for row in one.required}
        outputs = [by_key.get(column.key) for column in columns]
        matrix.rows.append((one, [(one.how(row) if row else None, row) for row in outputs]))
    return matrix


def columns_of(found: Sequence[PairStanding]) -> list[Column]:
    """Every required output of any of these pairs, in the handbook's order, the mentee's before the mentor's."""
    firsts: dict[Key, Output] = {}
    for one in found:
        for row in filter(_has_a_column, one.required):
            firsts.setdefault(column_key(row, _side(one, row)), row)
    sides: dict[tuple[str, str, str], set[str]] = {}
    for kind, worksheet, moment, side in firsts:
        sides.setdefault((kind, worksheet, moment), set()).add(side)
    made = [
        Column(key, short_title(row), key[3] if len(sides[key[:3]]) > 1 else "", row.stage, (row.position, key[3]))
        for key, row in firsts.items()
    ]
    return sorted(made, key=lambda column: column.place)


def _has_a_column(output: Output) -> bool:
    """A new date for a session that lost its own is asked of one pair alone: it stands on the pair's page."""
    return output.kind != OutputKind.SCHEDULE or not output.moment


def _side(one: PairStanding, output: Output) -> str:
    person = one.people.member(output.member_id)
    return str(person.side) if person else ""


def short_title(output: Output) -> str:
    """What stands above a column: a noun or two. Worksheets keep the handbook's own title."""
    short = {
        OutputKind.AGREEMENT: pgettext("column", "Agreement"),
        OutputKind.SCHEDULE: pgettext("column", "Dates"),
        OutputKind.INTRODUCTION: pgettext("column", "First e-mail"),
        OutputKind.INVITATIONS: pgettext("column", "Calendar"),
        OutputKind.COMPILE: pgettext("column", "All logs"),
        OutputKind.EVALUATION: _("Evaluation"),
    }
    return short.get(OutputKind(output.kind)) or title_words(output.kind, output.title)
