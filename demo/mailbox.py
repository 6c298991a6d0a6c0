"""Reading what the mailbox holds: each message is a file (``mentoring/notices/mailbox.py``)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser, BytesParser
from pathlib import Path
from typing import Any

from django.conf import settings

_NAME = re.compile(r"[0-9]{8}T[0-9]{12}-[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a letter."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """A message with its parts. ``name`` is its file's, without the ending."""

    name: str
    message: EmailMessage

    @property
    def text(self) -> str:
        """The plain words."""
        return self._body("plain")

    @property
    def html(self) -> str:
        """The HTML part, as it was sent."""
        return self._body("html")

    @property
    def attachments(self) -> list[Attachment]:
        """Calendar files and the like."""
        return [
            Attachment(
                part.get_filename() or part.get_content_type(), part.get_content_type(), part.get_payload(decode=True)
            )
            for part in self.message.iter_attachments()
        ]

    def _body(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return part.get_content() if part is not None else ""


def names() -> list[str]:
    """The names of all letters, newest first: a name begins with the instant."""
    return sorted((path.stem for path in _folder().glob("*.eml") if _NAME.fullmatch(path.stem)), reverse=True)


def heads(chosen: list[str]) -> Iterator[tuple[str, Any]]:
    """Name and headers of these letters."""
    for name in chosen:
        with (_folder() / f"{name}.eml").open("rb") as file:
            yield name, BytesHeaderParser(policy=policy.default).parse(file)


def letter(name: str) -> Letter | None:
    """One letter; ``None`` for a name that is none or that nothing is kept under."""
    path = _folder() / f"{name}.eml"
    if not _NAME.fullmatch(name) or not path.is_file():
        return None
    with path.open("rb") as file:
        return Letter(name, BytesParser(policy=policy.default).parse(file))  # type: ignore[arg-type]


def empty() -> int:
    """Throw all letters away. Returns how many there were."""
    kept = names()
    for name in kept:
        (_folder() / f"{name}.eml").unlink()
    return len(kept)


def _folder() -> Path:
    """Where letters are kept; an empty place where mail goes to a real server."""
    return Path(getattr(settings, "MAILBOX_DIR", settings.DATA_DIR / "mail"))
