"""From the bytes that somebody uploaded to a table, or to a sentence that says why not."""

from django.utils.translation import gettext as _

from programmes.domain.importing.table import MAX_BYTES, FileRefused, Table, table_of
from programmes.domain.importing.text_files import read_text_rows
from programmes.domain.importing.workbooks import read_workbook_rows

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"


def read_table(data: bytes) -> Table:
    """The table in a CSV file or a workbook. What it is is told by its content, never by its name.

    Raises ``FileRefused`` with what is wrong and what to do.
    """
    if len(data) > MAX_BYTES:
        words = _(
            "This file is larger than %(limit)d MB. Keep the columns that are needed, or split it into smaller files."
        )
        raise FileRefused(words % {"limit": MAX_BYTES // 1024 // 1024})
    if data.startswith(_ZIP):
        return table_of(read_workbook_rows(data))
    _refuse_known_strangers(data)
    return table_of(read_text_rows(data))


def _refuse_known_strangers(data: bytes) -> None:
    start = data[:512].lstrip()
    if start.startswith(_OLE):
        raise FileRefused(
            _(
                "This is a workbook of an old Excel, or one locked with a password. Save it as an Excel workbook (.xlsx) "
                "without a password."
            )
        )
    if start.startswith(b"%PDF"):
        raise FileRefused(_("This is a PDF. Save your list as CSV (UTF-8) or as an Excel workbook (.xlsx)."))
    if (
        start.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM", b"II*\0", b"MM\0*"))
        and b"\0" in data[:512]
    ):
        raise FileRefused(_("This is a picture. Save your list as CSV (UTF-8) or as an Excel workbook (.xlsx)."))
    if start[:200].lower().startswith((b"<!doctype", b"<html", b"<?xml", b"<svg", b"{\\rtf")):
        raise FileRefused(
            _("This is a web page or a text. Save your list as CSV (UTF-8) or as an Excel workbook (.xlsx).")
        )
