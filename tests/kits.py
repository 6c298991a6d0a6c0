"""The kits that tests know: those that ship, and those typed in here to prove that any handbook may be."""

from functools import cache
from pathlib import Path

from templates_app.domain.kit_files import read_kit, shipped_kit, shipped_kits
from templates_app.shapes import Kit

TYPED_IN = Path(__file__).parent / "data" / "kits"


def typed_in_kits() -> list[str]:
    """Keys of the kits that only tests have. A kit's folder is named by its key."""
    return sorted(folder.name for folder in TYPED_IN.iterdir())


def every_kit() -> list[str]:
    """Keys of all kits, those of the tests last."""
    return [*shipped_kits(), *typed_in_kits()]


@cache
def kit_named(key: str) -> Kit:
    """The kit of that key, whole and sound. Copy it before changing anything in it."""
    if key in shipped_kits():
        return shipped_kit(key)
    kit, faults = read_kit(TYPED_IN / key)
    assert kit is not None, "\n".join(map(str, faults))
    return kit
