"""A kit's folder as one ZIP file, to be taken away and brought in. What is brought in may come from anybody."""

import io
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from templates_app.domain.kit_files.drawings import CONTENT_TYPES
from templates_app.domain.kit_files.folder import GUIDANCE, KIT, MAX_FILE_BYTES, MAX_KIT_BYTES, PICTURES, WORKSHEETS
from templates_app.domain.kit_files.writing import write_kit
from templates_app.shapes import Kit

MAX_ZIP_BYTES = 4 * 1024 * 1024
"""Of the packed file. A long handbook packs into a tenth of this."""
MAX_ENTRIES = 1000
SUFFIXES = frozenset({".yaml", ".yml", ".md", ".json"})
"""What a kit is made of; whatever else lies in the folder is left where it is."""
FOLDERS = {
    (): SUFFIXES,
    (WORKSHEETS,): SUFFIXES,
    (GUIDANCE,): SUFFIXES,
    (PICTURES,): {f".{one}" for one in CONTENT_TYPES},
}
"""Of each of a kit's folders, the files that are taken."""
_WHEN = (1980, 1, 1, 0, 0, 0)
"""The same handbook makes the same file, whenever it is packed."""
_CHUNK = 64 * 1024
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeError, RuntimeError, OSError)
"""What the library raises for files that are broken in one way or another."""
_PLAIN = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


class ArchiveRefused(ValueError):
    """The file is no kit that could be unpacked. The message says what to do; nothing was written."""


def zip_kit(kit: Kit) -> bytes:
    """The files that ``kit export`` writes, packed in a folder named by the kit's key."""
    packed = io.BytesIO()
    with (
        tempfile.TemporaryDirectory(prefix="kit-") as place,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as into,
    ):
        root = Path(place)
        write_kit(kit, root)
        for path in sorted(root.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(f"{kit.key}/{path.relative_to(root).as_posix()}", _WHEN)
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                into.writestr(entry, path.read_bytes())
    return packed.getvalue()


@contextmanager
def unpacked_kit(data: bytes) -> Iterator[Path]:
    """The kit's folder, unpacked for as long as it is looked at and gone afterwards. Raises ``ArchiveRefused``.

    Every name and size is looked at before anything is written, and what is unpacked is counted as it comes: a file may
    say anything about its own size.
    """
    if len(data) > MAX_ZIP_BYTES:
        raise ArchiveRefused(
            _("This file is too large for a kit: it may have %(size)s MB.") % {"size": MAX_ZIP_BYTES // 1024 // 1024}
        )
    with tempfile.TemporaryDirectory(prefix="kit-") as place:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                _unpack(archive, Path(place))
        except _UNREADABLE as fault:
            raise ArchiveRefused(_("This is not a ZIP file that can be read. Pack the kit's folder again.")) from fault
        yield Path(place)


def _unpack(archive: zipfile.ZipFile, root: Path) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise ArchiveRefused(_("There are too many files in it for a kit."))
    wanted = _wanted([entry for entry in entries if not entry.is_dir()])
    left = MAX_KIT_BYTES
    for path, entry in wanted.items():
        content = _read(archive, entry, min(MAX_FILE_BYTES, left))
        left -= len(content)
        target = root.joinpath(*path.parts)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(content)


def _wanted(entries: list[zipfile.ZipInfo]) -> dict[PurePosixPath, zipfile.ZipInfo]:
    """The kit's files by their place in its folder, which is where ``kit.yaml`` lies."""
    for entry in entries:
        _look_at(entry)
    paths = {entry: PurePosixPath(entry.filename) for entry in entries if not _is_litter(entry.filename)}
    tops = {path.parent for path in paths.values() if path.name == KIT}
    if not tops:
        raise ArchiveRefused(_("There is no %(file)s in it, so it is not a kit.") % {"file": KIT})
    if len(tops) > 1:
        raise ArchiveRefused(_("There is more than one %(file)s in it. Pack one kit at a time.") % {"file": KIT})
    top = tops.pop()
    found: dict[PurePosixPath, zipfile.ZipInfo] = {}
    for entry, path in paths.items():
        if path.is_relative_to(top) and path.suffix in FOLDERS.get(path.relative_to(top).parent.parts, ()):
            place = path.relative_to(top)
            if place in found:
                raise ArchiveRefused(_("“%(file)s” is in it twice. Pack the folder again.") % {"file": place})
            found[place] = entry
    return found


def _look_at(entry: zipfile.ZipInfo) -> None:
    """Refuse what has no business in a kit, by its entry alone."""
    name = entry.filename
    path = PurePosixPath(name)
    outside = path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\0" in entry.orig_filename
    if outside or len(name) > 300 or not name.isprintable():
        raise ArchiveRefused(_("It holds a file whose name leads outside the folder. Pack the folder again."))
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise ArchiveRefused(
            _("It holds a link to another file: “%(file)s”. Put the file itself there.") % {"file": name}
        )
    if entry.flag_bits & 0x1:
        raise ArchiveRefused(_("It is protected by a password. Pack the folder without one."))
    if entry.compress_type not in _PLAIN:
        raise ArchiveRefused(_("It is packed in an unusual way. Pack the folder as an ordinary ZIP file."))


def _is_litter(name: str) -> bool:
    """What computers leave in folders by themselves."""
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes:
    content = bytearray()
    with archive.open(entry) as file:
        while chunk := file.read(_CHUNK):
            content += chunk
            if len(content) > limit:
                raise ArchiveRefused(
                    _("“%(file)s” is too large: a file may have %(size)s kB, and all of them together %(all)s MB.")
                    % {"file": entry.filename, "size": MAX_FILE_BYTES // 1024, "all": MAX_KIT_BYTES // 1024 // 1024}
                )
    return bytes(content)
