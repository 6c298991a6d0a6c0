"""What must not stand in the project's files: addresses of package registries in requirements, and left-over marks."""

import re
from collections.abc import Iterator

from tools.checks.files import lines

ADDRESS = re.compile(r"https?://|file:|--(?:extra-)?index-url|--find-links|--trusted-host", re.IGNORECASE)
MARK = "\u2042"
"""An asterism: drafts carry it where something is still to be written."""


def faults() -> Iterator[str]:
    """Every such place."""
    for path, number, line in lines("requirements/*"):
        if ADDRESS.search(line):
            yield f"{path}:{number}: names where packages come from: that is the business of each machine's pip settings"
    for path, number, line in lines():
        if MARK in line:
            yield f"{path}:{number}: a mark for something still to be written"
