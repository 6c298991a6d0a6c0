"""What the pages of an import show of its file."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from defusedcsv import csv
from django.db.models import QuerySet

from programmes.domain.importing.judging import Fate, Judged
from programmes.domain.people_import import our_columns, rows_of
from programmes.enums import ImportState
from programmes.models import Cohort, PeopleImport

SAMPLES = 3
LOOKED_AT = 40
LONGEST_SAMPLE = 60


@dataclass(frozen=True)
class ShownRow:
    """A row of the file beside its fate. ``name`` and ``email`` are what the file says, for finding it again."""

    judged: Judged
    name: str
    email: str


def samples_of(run: PeopleImport) -> list[list[str]]:
    """A few different values of each column, so that one sees what it holds."""
    rows = rows_of(run)[:LOOKED_AT]
    columns = []
    for index in range(len(run.headings)):
        values = (row.cells[index] for row in rows if index < len(row.cells) and row.cells[index])
        columns.append([_short(value) for value in list(dict.fromkeys(values))[:SAMPLES]])
    return columns


def shown_rows(run: PeopleImport, judged: Sequence[Judged]) -> list[ShownRow]:
    """Every row with its fate, in the file's order."""
    places = {target: index for index, heading in enumerate(run.headings) if (target := run.mapping.get(heading))}
    shown = []
    for row, verdict in zip(rows_of(run), judged, strict=True):
        words = {key: row.cells[at] for key, at in places.items() if at < len(row.cells)}
        parts = [words.get(key, "") for key in ("given_name", "family_name")]
        name = " ".join(part for part in parts if part) or words.get("full_name", "")
        shown.append(ShownRow(verdict, _short(name), _short(words.get("email", ""))))
    return shown


def bad_rows_csv(run: PeopleImport, judged: Iterable[Judged]) -> str:
    """The rejected rows as a file that can be put right and imported again: their line, their cells, the reason.

    Cells that a spreadsheet would take for a formula are defused.
    """
    reasons = {verdict.line: verdict.reason for verdict in judged if verdict.fate is Fate.REJECTED}
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*run.headings, *our_columns()])
    width = len(run.headings)
    for row in rows_of(run):
        if row.line in reasons:
            writer.writerow([*_fitted(row.cells, width), row.line, reasons[row.line]])
    return "\ufeff" + out.getvalue()


def unfinished_imports(cohort: Cohort) -> QuerySet[PeopleImport]:
    """Uploads that wait to be imported or dropped; their rows are not read."""
    waiting = PeopleImport.objects.filter(cohort=cohort, state__in=[ImportState.UPLOADED, ImportState.PREVIEWED])
    return waiting.defer("rows").select_related("uploaded_by")


def _fitted(cells: list[str], width: int) -> list[str]:
    """So many cells: blank ones added, surplus ones joined to the last, so that nothing is lost."""
    padded = [*cells, *[""] * (width - len(cells))]
    return [*padded[: width - 1], ", ".join(cell for cell in padded[width - 1 :] if cell)]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SAMPLE else f"{line[: LONGEST_SAMPLE - 1]}…"
