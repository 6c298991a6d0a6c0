"""Everything a person can read in an answer, as one text: pages, headers, PDFs, workbooks, archives, whatever is nested."""

import html
import io
import zipfile
from email.message import EmailMessage

from openpyxl import load_workbook
from pypdf import PdfReader


def text_of(data: bytes, kind: str = "") -> str:
    """The words in a file, told by its content; ``kind`` is a content type where one is known."""
    if data.startswith(b"%PDF"):
        return _pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return _archive(data)
    return html.unescape(data.decode("utf-8", "replace"))


def _pdf(data: bytes) -> str:
    reader = PdfReader(io.BytesIO(data))
    words = [str(value) for value in (reader.metadata or {}).values()]
    # Lines are broken inside long words: joined, a canary is whole again.
    words += ["".join(page.extract_text().split()) for page in reader.pages]
    words += [text_of(content) for files in reader.attachments.values() for content in files]
    return "\n".join(words)


def _archive(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "xl/workbook.xml" in archive.namelist():
            return _workbook(data)
        return "\n".join(f"{name}\n{text_of(archive.read(name))}" for name in archive.namelist())


def _workbook(data: bytes) -> str:
    book = load_workbook(io.BytesIO(data), read_only=True)
    cells = [
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    ]
    return "\n".join([*book.sheetnames, *cells])


def mail_of(message: EmailMessage) -> str:
    """A whole message: headers, every part, and attachments."""
    parts = [f"{name}: {value}" for name, value in message.items()]
    for part in message.walk():
        if not part.is_multipart():
            parts += [str(part.get_filename() or ""), text_of(part.get_payload(decode=True) or b"")]
    return "\n".join(parts)
