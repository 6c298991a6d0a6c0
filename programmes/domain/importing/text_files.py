"""CSV in the encodings and with the separators that spreadsheets write."""

import codecs
import csv
import io
import re

from django.utils.translation import gettext as _

from programmes.domain.importing.table import MAX_CELL, MAX_ROWS, FileRefused, Row, clean_cell, row_of, too_many_rows

_SEPARATORS = (",", ";", "\t", "|")
_SAMPLE = 30
"""Lines looked at to find the separator."""
_SAID = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""Excel writes this above the headings; it is no part of the table."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_text_rows(data: bytes) -> list[Row]:
    """The rows of a CSV file, blank ones included. Raises ``FileRefused``."""
    text = decoded(data)
    said = _SAID.match(text)
    skipped = 1 if said else 0
    body = text[said.end() :] if said else text
    return _rows(body, said[1] if said else separator_of(body), skipped)


def decoded(data: bytes) -> str:
    """The text of a file: by its byte order mark, as UTF-16 without one, as UTF-8, or as Windows wrote it in the West."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _strictly(data, name)
    if not data.strip():
        return ""
    if zeros := data[:2000].count(0):
        if zeros < len(data[:2000]) // 4:
            raise _not_text()
        return _strictly(data, "utf-16-le" if data[1:2] == b"\0" else "utf-16-be")
    for name in ("utf-8", "cp1252"):
        try:
            return _as_text(data.decode(name))
        except UnicodeDecodeError:
            continue
    return _as_text(data.decode("latin-1"))


def separator_of(text: str) -> str:
    """The separator that cuts the first lines into the most columns, the same number in most of them."""
    best, best_score = ",", (0, 0)
    sample = "\n".join(text.splitlines()[:_SAMPLE])
    for separator in _SEPARATORS:
        try:
            widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=separator) if any(row)]
        except csv.Error:
            continue
        if widths and widths[0] > 1:
            score = (sum(width == widths[0] for width in widths), widths[0])
            best, best_score = (separator, score) if score > best_score else (best, best_score)
    return best


def _strictly(data: bytes, name: str) -> str:
    try:
        return _as_text(data.decode(name))
    except UnicodeDecodeError as error:
        raise _not_text() from error


def _as_text(text: str) -> str:
    """The text, unless it has the control characters that no table has."""
    strange = sum(1 for char in text[:5000] if char < " " and char not in "\t\r\n\x0b\x0c")
    if strange > len(text[:5000]) // 100:
        raise _not_text()
    return text


def _not_text() -> FileRefused:
    return FileRefused(
        _("This file cannot be read as a table. Save your list as CSV (UTF-8) or as an Excel workbook (.xlsx).")
    )


def _rows(text: str, separator: str, skipped: int) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[Row] = []
    filled, line = 0, 0
    try:
        for record in reader:
            cells = [_cell(cell, line + 1 + skipped) for cell in record]
            rows.append(row_of(line + 1 + skipped, cells))
            line = reader.line_num
            filled += any(cells)
            if filled > MAX_ROWS + 1:
                raise too_many_rows()
    except csv.Error as error:
        raise _unclosed(line + 1 + skipped) from error
    return rows


def _cell(text: str, line: int) -> str:
    if len(text) > MAX_CELL:
        raise _unclosed(line)
    return clean_cell(text)


def _unclosed(line: int) -> FileRefused:
    words = _("The row on line %(line)d does not end. Look for a quotation mark that is opened there and never closed.")
    return FileRefused(words % {"line": line})
