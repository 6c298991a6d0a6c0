"""Excel workbooks (.xlsx), read without trusting them."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from programmes.domain.importing.table import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    FileRefused,
    Row,
    clean_cell,
    row_of,
    too_many_rows,
)

_UNPACKED = 200 * 1024 * 1024
"""A workbook that unpacks to more than this is refused: no list of people does."""
_RATIO = 250
"""So many times may a part of it be larger unpacked than packed, past the first megabyte."""
_PARTS = 2000
_LOOKED_AT = 200_000
"""Rows, blank ones included, after which reading stops: some programs write a million empty rows."""


def read_workbook_rows(data: bytes) -> list[Row]:
    """The rows of the first sheet that holds anything. Formulas come as they are written. Raises ``FileRefused``."""
    import openpyxl  # a second of start-up that only this needs

    _guard(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        for sheet in book.worksheets:
            rows = list(_rows(sheet))
            if any(row.cells for row in rows):
                return rows
    except FileRefused:
        raise
    except Exception as error:  # whatever openpyxl stumbles over in a broken or hostile file
        raise _broken() from error
    return []


def _guard(data: bytes) -> None:
    """Look at the archive's own list before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise _broken() from error
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise FileRefused(
            _("This is not an Excel workbook. Save your list as CSV (UTF-8) or as an Excel workbook (.xlsx).")
        )
    if any(part.flag_bits & 0x1 for part in parts):
        raise FileRefused(_("This workbook is locked with a password. Save a copy without one."))
    swollen = any(part.file_size > 1024 * 1024 and part.file_size > _RATIO * part.compress_size for part in parts)
    if swollen or len(parts) > _PARTS or sum(part.file_size for part in parts) > _UNPACKED:
        raise FileRefused(
            _("This workbook unpacks to far more than a list of people holds. Copy the list into a new workbook.")
        )


def _broken() -> FileRefused:
    return FileRefused(
        _("This workbook is damaged and cannot be read. Open it in your spreadsheet program and save it again.")
    )


def _rows(sheet: Any) -> Iterator[Row]:
    sheet.reset_dimensions()  # the size a file claims to have may be wrong
    filled = 0
    rows = sheet.iter_rows(max_row=_LOOKED_AT, max_col=MAX_COLUMNS + 1, values_only=True)
    for line, values in enumerate(rows, 1):
        cells = [_cell(value) for value in values]
        filled += any(cells)
        if filled > MAX_ROWS + 1:
            raise too_many_rows()
        yield row_of(line, cells)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
    text = str(getattr(value, "text", value))  # an array formula carries its words inside
    if len(text) > MAX_CELL:
        raise FileRefused(_("A cell of this workbook holds more than %(limit)d characters.") % {"limit": MAX_CELL})
    return clean_cell(text)
