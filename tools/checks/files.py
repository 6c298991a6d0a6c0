"""The text files of the project, as lines. Only what git knows or would take: never a person's own files."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

from tools.paths import ROOT

Line = tuple[Path, int, str]
"""A file below the root, a line number from 1, the line."""


def lines(*patterns: str) -> Iterator[Line]:
    """Every line of the files that match git's ``patterns`` (all of them when there are none); binary files have none."""
    for path in files(*patterns):
        try:
            text = (ROOT / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            yield path, number, line


def files(*patterns: str) -> Iterator[Path]:
    """The files that match git's ``patterns``, relative to the root, in order."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in sorted(set(filter(None, listed.split("\0")))):
        if (ROOT / name).is_file():
            yield Path(name)
