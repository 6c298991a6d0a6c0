"""Which files are taken from people, and the look at each before it is kept."""

import io
import zipfile
from collections.abc import Callable
from typing import NamedTuple

from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from templates_app.answers import AnswerFault
from templates_app.answers.linked import is_accepted
from templates_app.shapes import FieldShape

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
NAME_LENGTH = 150


class FileKind(NamedTuple):
    """A kind of file that is taken: how it is served, and whether bytes really are one."""

    content_type: str
    is_one: Callable[[bytes], bool]


def _starts(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(marks)


def _office(folder: str) -> Callable[[bytes], bool]:
    """An Office Open XML file: a ZIP with a list of its contents and the folder of its kind. Nothing is unpacked."""
    return lambda content: (
        "[Content_Types].xml" in _names(content) and any(name.startswith(folder) for name in _names(content))
    )


def _open_document(content: bytes) -> bool:
    return "META-INF/manifest.xml" in _names(content) and "content.xml" in _names(content)


def _names(content: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return []


def _text(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\x00" not in content


_JPEG = FileKind("image/jpeg", _starts(b"\xff\xd8\xff"))
KINDS: dict[str, FileKind] = {
    "pdf": FileKind("application/pdf", _starts(b"%PDF-")),
    "png": FileKind("image/png", _starts(b"\x89PNG\r\n\x1a\n")),
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "docx": FileKind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _office("word/")),
    "xlsx": FileKind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _office("xl/")),
    "pptx": FileKind("application/vnd.openxmlformats-officedocument.presentationml.presentation", _office("ppt/")),
    "odt": FileKind("application/vnd.oasis.opendocument.text", _open_document),
    "ods": FileKind("application/vnd.oasis.opendocument.spreadsheet", _open_document),
    "txt": FileKind("text/plain; charset=utf-8", _text),
    "csv": FileKind("text/csv; charset=utf-8", _text),
}
"""By ending. Archives, pages and anything that runs are not among them."""


class LookedAt(NamedTuple):
    """A file that is taken."""

    name: str
    kind: FileKind
    content: bytes


def look_at(shape: FieldShape | None, file: UploadedFile) -> LookedAt:
    """A file's name made safe, its kind and its bytes; ``shape`` may allow some kinds alone. Raises ``AnswerFault`` with words
    for the person who sent it.
    """
    name = _safe_name(file.name or "")
    kind = KINDS.get(_ending(name))
    if kind is None or (shape is not None and not is_accepted(shape, name)):
        allowed = [ending.lower().lstrip(".") for ending in (shape.accept if shape else ())] or list(KINDS)
        words = ", ".join(ending for ending in allowed if ending in KINDS)
        raise AnswerFault(_("Choose a file of one of these kinds: %(kinds)s.") % {"kinds": words})
    if not file.size:
        raise AnswerFault(_("This file is empty."))
    if file.size > MOST_BYTES:
        raise AnswerFault(_("This file is too large. It may have %(size)s.") % {"size": filesizeformat(MOST_BYTES)})
    content = file.read()
    if not kind.is_one(content):
        raise AnswerFault(
            _("This file is not what its name says. Save it again in its own program and choose it anew.")
        )
    if kind.content_type.startswith("image/"):
        content = without_traces(content)
    return LookedAt(name, kind, content)


def without_traces(content: bytes) -> bytes:
    """A picture drawn anew: upright, without the place and device that cameras write into it. Raises ``AnswerFault``."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise AnswerFault(_("This picture has too many pixels. Save it smaller and choose it anew."))
            fresh = io.BytesIO()
            upright = ImageOps.exif_transpose(picture)
            for trace in ("exif", "xmp", "comment"):
                upright.info.pop(trace, None)
            if picture.format == "PNG":
                upright.save(fresh, format="PNG")
            else:
                upright.save(fresh, format="JPEG", quality=90)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise AnswerFault(_("This picture cannot be read. Save it again and choose it anew.")) from None
    return fresh.getvalue()


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _safe_name(name: str) -> str:
    """The last part of a path, without what file systems and headers stumble over; letters of any script stay."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(char for char in last if char.isprintable() and char not in '<>:"|?*')
    stem, dot, ending = plain.rpartition(".")
    stem, ending = (stem, ending.strip()) if dot else (ending, "")
    return f"{stem.strip('. ')[: NAME_LENGTH - 11] or 'file'}.{ending[:10]}"
