"""The kits that come with the application."""

from functools import cache
from pathlib import Path

import templates_app
from templates_app.domain.kit_files.faults import KitFaulty
from templates_app.domain.kit_files.folder import KIT
from templates_app.domain.kit_files.reading import read_kit
from templates_app.shapes import Kit

KITS = Path(templates_app.__path__[0]) / "kits"


def shipped_kits() -> list[str]:
    """Keys of the shipped kits, sorted. A kit's folder is named by its key."""
    return sorted(folder.name for folder in KITS.iterdir() if (folder / KIT).is_file())


@cache
def shipped_kit(key: str) -> Kit:
    """The shipped kit of that key, read once in the life of the process: copy it before changing anything in it.

    Raises ``KeyError`` when there is no such kit, ``KitFaulty`` when its files have faults.
    """
    if key not in shipped_kits():
        raise KeyError(key)
    kit, faults = read_kit(KITS / key)
    if kit is None:
        raise KitFaulty(faults)
    return kit
