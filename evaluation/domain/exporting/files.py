"""Tables as files, and files as one archive. The same content gives the same bytes; no cell can become a formula."""

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import xlsxwriter

from evaluation.domain.exporting.defusing import defused
from evaluation.domain.exporting.tables import Table

FIXED_DATE = (2020, 1, 1, 0, 0, 0)
"""Every file in an archive carries the same date."""
LONGEST_CELL = 32_767
"""Characters that Excel takes in one cell."""
LONGEST_NAME = 120
SHEET_NAME = 31
FIRST_YEAR = 1900
"""Earlier days are unknown to Excel and stand as text."""
WIDEST = 42
"""Of a column in a workbook, in characters."""


# --- CSV -------------------------------------------------------------------------------------------------------------


def csv_bytes(table: Table) -> bytes:
    """A table as CSV (RFC 4180) in UTF-8 with a byte-order mark, which Excel needs to see the script. Every cell is quoted."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow([defused(name) for name in table.columns])
    writer.writerows([defused(_plain(cell)) for cell in row] for row in table.rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return "" if value is None else value


# --- XLSX ------------------------------------------------------------------------------------------------------------


def xlsx_bytes(tables: Iterable[Table]) -> bytes:
    """All tables as one workbook, a sheet each. Text is always text: nothing becomes a formula, a link or a number."""
    made = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd hh:mm",
    }
    with xlsxwriter.Workbook(made, options) as workbook:
        workbook.set_properties({"created": dt.datetime(*FIXED_DATE[:3])})  # noqa: DTZ001 - a file property, no instant
        bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        taken: set[str] = set()
        for table in tables:
            _fill(workbook.add_worksheet(_free_sheet_name(table.name, taken)), table, bold, day)
    return made.getvalue()


def _fill(sheet: Any, table: Table, bold: Any, day: Any) -> None:
    for place, name in enumerate(table.columns):
        sheet.write_string(0, place, defused(name)[:LONGEST_CELL], bold)
        longest = max((len(str(_plain(row[place]))) for row in table.rows[:200]), default=0)
        sheet.set_column(place, place, min(max(longest, min(len(name), 18)) + 2, WIDEST))
    sheet.freeze_panes(1, 0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    for number, row in enumerate(table.rows, start=1):
        for place, value in enumerate(row):
            _write(sheet, number, place, value, day)


def _write(sheet: Any, row: int, place: int, value: Any, day: Any) -> None:
    if isinstance(value, dt.date) and value.year < FIRST_YEAR:
        value = _plain(value)
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, dt.datetime):
        sheet.write_datetime(row, place, value.astimezone(dt.UTC).replace(tzinfo=None))
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, place, value, day)
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value)
    elif value not in (None, ""):
        sheet.write_string(row, place, defused(str(value))[:LONGEST_CELL])


def _free_sheet_name(name: str, taken: set[str]) -> str:
    base = re.sub(r"[\[\]:*?/\\']", " ", name)[:SHEET_NAME].strip() or "table"
    free, number = base, 2
    while free.casefold() in taken:
        free = f"{base[: SHEET_NAME - 5]} ({number})"
        number += 1
    taken.add(free.casefold())
    return free


# --- ZIP -------------------------------------------------------------------------------------------------------------

Path = Sequence[str]
"""Folders, then the file's name."""


def zip_bytes(files: Iterable[tuple[Path, bytes]]) -> bytes:
    """Files in one archive, in the order they come; a name that comes twice gets a number."""
    made = io.BytesIO()
    taken: set[str] = set()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files:
            info = zipfile.ZipInfo(_free_path("/".join(safe_name(part) for part in path), taken), date_time=FIXED_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return made.getvalue()


def csv_files(tables: Iterable[Table]) -> Iterator[tuple[Path, bytes]]:
    """Each table as a CSV file of its name."""
    for table in tables:
        yield [f"{table.name}.csv"], csv_bytes(table)


def safe_name(name: str) -> str:
    """One part of a path that every system takes, in any script: no slashes, control characters, or dots at the ends."""
    kept = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]+', "-", name).strip(" .-")
    stem, dot, ending = kept.rpartition(".")
    short = f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}" if dot and len(ending) < 5 else kept[:LONGEST_NAME]
    return short.strip(" .-") or "file"


def _free_path(path: str, taken: set[str]) -> str:
    stem, dot, ending = path.rpartition(".")
    free, number = path, 2
    while free.casefold() in taken:
        free = f"{stem} ({number}).{ending}" if dot and "/" not in ending else f"{path} ({number})"
        number += 1
    taken.add(free.casefold())
    return free
