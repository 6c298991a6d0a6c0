"""The pictures of a kit's folder: read for the fields that show them."""

import base64
from collections.abc import Iterator
from typing import Any

from templates_app.domain.kit_files.drawings import Looked, NotTaken, look_at_picture
from templates_app.domain.kit_files.folder import PICTURES, Folder

SEPARATORS = frozenset("/\\")


def read_pictures(folder: Folder, values: Any) -> list[dict[str, str]]:
    """The kit's ``pictures`` as values of ``PictureFile``, by name: every file that a field names and that is there.

    What the files say of themselves is put into the fields: the fingerprint and the size. A field whose file is not there stays
    without, which ``kit check`` tells at the field; a file that is not taken is a fault of its own.
    """
    named = [picture for picture in _pictures_in(values) if _is_plain(picture.get("file"))]
    there = set(folder.names(PICTURES, "")) if named else set()
    looked: dict[str, Looked] = {}
    for name in sorted({picture["file"] for picture in named}):
        place = f"{PICTURES}/{name}"
        content = folder.content(place) if place in there else None
        if content is None:
            continue
        try:
            looked[name] = look_at_picture(name, content)
        except NotTaken as reason:
            folder.fault(place, 1, str(reason))
    for picture in _pictures_in(values):
        found = looked.get(picture["file"]) if _is_plain(picture.get("file")) else None
        said = {"kept": found.kept, "width": found.width, "height": found.height} if found else {"kept": ""}
        picture.update(said)
    return [{"file": name, "data": base64.b64encode(one.content).decode()} for name, one in looked.items()]


def _is_plain(name: Any) -> bool:
    return isinstance(name, str) and name != "" and not SEPARATORS & set(name) and not name.startswith(".")


def _pictures_in(values: Any) -> Iterator[dict[str, Any]]:
    """Every ``picture`` of a field in the values of a kit, sound or not."""
    if isinstance(values, dict):
        if isinstance(values.get("picture"), dict):
            yield values["picture"]
        for inner in values.values():
            yield from _pictures_in(inner)
    elif isinstance(values, list):
        for inner in values:
            yield from _pictures_in(inner)
