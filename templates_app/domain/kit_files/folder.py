"""The files of a kit's folder, read with care: they may come from anybody."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from templates_app.domain.kit_files.faults import Fault
from templates_app.domain.kit_files.yaml_text import Loc, Unreadable, parse

MAX_FILE_BYTES = 512 * 1024
MAX_FILES = 500
MAX_KIT_BYTES = 8 * 1024 * 1024
"""A kit of the size of a long handbook is about a quarter of a megabyte."""

KIT, AGREEMENT, LEFT_OUT = "kit.yaml", "agreement.yaml", "left-out.yaml"
WORKSHEETS, GUIDANCE, PICTURES = "worksheets", "guidance", "pictures"

FENCE = "---"
"""Stands alone on the line before and after the front matter of an article."""


@dataclass
class Page:
    """One file read: its value and where each part of it stands."""

    file: str
    value: Any
    lines: dict[Loc, int] = field(default_factory=dict)


@dataclass
class Folder:
    """A kit's folder. Reading collects ``faults`` rather than stopping at the first."""

    root: Path
    faults: list[Fault] = field(default_factory=list)
    bytes_read: int = 0

    def fault(self, file: str, line: int, message: str) -> None:
        self.faults.append(Fault(file, line, message))

    def names(self, under: str, suffix: str) -> list[str]:
        """Names, relative to the kit, of the files with that ending in one of its folders ('' is the kit's own)."""
        here = self.root / under
        if not here.is_dir():
            return []
        found = sorted(path.name for path in here.iterdir() if not path.name.startswith("."))
        prefix = f"{under}/" if under else ""
        for name in found:
            if name.endswith(".yml"):
                self.fault(prefix + name, 1, f"Files of a kit end in .yaml. Rename it to {name[:-4]}.yaml.")
        names = [prefix + name for name in found if name.endswith(suffix)]
        if len(names) > MAX_FILES:
            self.fault(under or KIT, 1, f"There are {len(names)} files here; a kit has at most {MAX_FILES}.")
            return []
        return names

    def text(self, name: str) -> str | None:
        """The text of a file, or ``None`` after noting the fault."""
        data = self.content(name)
        return None if data is None else self._decoded(name, data)

    def content(self, name: str) -> bytes | None:
        """The bytes of a file, or ``None`` after noting the fault."""
        path = self.root / name
        try:
            target = path.resolve(strict=True)
            if not target.is_relative_to(self.root.resolve()):
                self.fault(name, 1, "This file points outside the kit's folder. Put the file itself here.")
                return None
            if not target.is_file():
                self.fault(name, 1, "This is not a file.")
                return None
            size = target.stat().st_size
            if size > MAX_FILE_BYTES or self.bytes_read + size > MAX_KIT_BYTES:
                self.fault(name, 1, f"This file is too large. A file may have {MAX_FILE_BYTES // 1024} kB.")
                return None
            data = target.read_bytes()
        except (OSError, RuntimeError) as error:  # a loop of links is a RuntimeError before Python 3.13
            reason = getattr(error, "strerror", None) or "its links go in a circle"
            self.fault(name, 1, f"This file cannot be read: {reason}.")
            return None
        self.bytes_read += size
        return data

    def _decoded(self, name: str, data: bytes) -> str | None:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            self.fault(name, line, "This is not UTF-8. Save the file as UTF-8 text.")
            return None
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def page(self, name: str) -> Page | None:
        """A YAML file that holds a mapping, or ``None`` after noting the fault."""
        text = self.text(name)
        return None if text is None else self._mapping(name, text)

    def article(self, name: str) -> Page | None:
        """A Markdown file with front matter; the text after it becomes ``body``."""
        text = self.text(name)
        if text is None:
            return None
        lines = text.split("\n")
        if lines[0].rstrip() != FENCE or FENCE not in (rest := [line.rstrip() for line in lines[1:]]):
            self.fault(name, 1, "An article begins with its front matter, between two lines of '---'.")
            return None
        end = rest.index(FENCE) + 1
        # An empty line in place of the fence keeps the line numbers right.
        page = self._mapping(name, "\n".join(["", *lines[1:end]]))
        if page is None:
            return None
        if "body" in page.value:
            self.fault(name, page.lines["body",], "The text stands below the front matter, not in 'body'.")
            return None
        page.value["body"] = "\n".join(lines[end + 1 :])
        page.lines["body",] = end + 2
        return page

    def _mapping(self, name: str, text: str) -> Page | None:
        try:
            document = parse(text)
        except Unreadable as error:
            self.fault(name, error.line, error.message)
            return None
        value = {} if document.value is None else document.value
        if not isinstance(value, dict):
            self.fault(name, 1, "This file should hold names with values ('title: …'), not a list or a single value.")
            return None
        return Page(name, value, document.lines)
