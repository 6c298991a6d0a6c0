"""What a file of people is once it is read: headings, and rows with the line they stand on."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from mentoring.accounts.names import drop_stray_joiners

MAX_BYTES = 16 * 1024 * 1024
"""A larger file is not read at all."""
MAX_ROWS = 5000
"""More people than this are refused: the whole file is imported in one transaction, while the person waits."""
MAX_COLUMNS = 100
MAX_CELL = 5000
"""Characters of one cell. More means a quotation mark that was never closed, or a file that is no table."""

_BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


class FileRefused(ValueError):
    """A file that cannot be read as a table of people. The message says why and what to do."""


class Row(NamedTuple):
    """One row: the line of the file (1 is the first) on which it begins, and its cells as far as they are filled."""

    line: int
    cells: list[str]


def row_of(line: int, cells: list[str]) -> Row:
    """A row without the blank cells at its end; a blank one has none at all."""
    width = max((index for index, cell in enumerate(cells, 1) if cell), default=0)
    return Row(line, cells[:width])


@dataclass
class Table:
    """A file's headings, each told apart from the others, and the rows below them."""

    headings: list[str]
    rows: list[Row] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    """What the person should know before choosing columns, such as headings that stood twice."""


def clean_cell(text: str) -> str:
    """A cell's words: composed characters, none unseen but what a script needs, blanks collapsed, line breaks kept."""
    words = drop_stray_joiners(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
    lines = [_BLANKS.sub(" ", line).strip() for line in words.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return "\n".join(lines).strip()


def table_of(rows: list[Row]) -> Table:
    """Make the first filled row the headings. Raises ``FileRefused`` when there is none, or nothing below it."""
    filled = [index for index, row in enumerate(rows) if row.cells]
    if not filled:
        raise FileRefused(_("This file is empty. Choose the file that holds your list of people."))
    head = rows[filled[0]]
    if any("@" in cell for cell in head.cells):
        raise FileRefused(
            _(
                "The first line of this file holds a person already. Put a line with headings above it, such as Name, "
                "E-mail, Role."
            )
        )
    if len(filled) == 1:
        raise FileRefused(_("This file has headings and no people. Add a line for each person."))
    if len(filled) - 1 > MAX_ROWS:
        raise too_many_rows()
    if len(head.cells) > MAX_COLUMNS:
        words = _("This file has more than %(limit)d columns. Take out those that are not needed.")
        raise FileRefused(words % {"limit": MAX_COLUMNS})
    headings, remarks = _told_apart(head.cells)
    below = rows[filled[0] + 1 : filled[-1] + 1]
    if len(below) > 2 * MAX_ROWS:  # blank rows without end say nothing to anybody
        below = [row for row in below if row.cells]
    return Table(headings, below, remarks)


def too_many_rows() -> FileRefused:
    """What to say of a file with more people than are taken at once."""
    words = _(
        "This file has more than %(limit)d rows. Split it into smaller files and import them one after the other: "
        "nobody who is in already will be doubled."
    )
    return FileRefused(words % {"limit": MAX_ROWS})


def _told_apart(cells: list[str]) -> tuple[list[str], list[str]]:
    headings: list[str] = []
    remarks: list[str] = []
    for number, cell in enumerate(cells, 1):
        heading = " ".join(cell.split()) or _("Column %(number)d") % {"number": number}
        name, count = heading, 1
        while name in headings:
            count += 1
            name = f"{heading} ({count})"
        if count > 1:
            words = _("The heading “%(heading)s” stands more than once. Here the later one is called “%(name)s”.")
            remarks.append(words % {"heading": heading, "name": name})
        headings.append(name)
    return headings, remarks
