"""Where a pair meets and works outside this application: the ways that it wrote down together, as links on its page.

The link alone is kept. Nothing of what stands behind it is fetched (``phase1.must.53``, ``phase1.must.59``).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pairs.domain.agreed import agreed_lines
from pairs.domain.reading import Reader
from pairs.models import Output
from templates_app.shapes import Meaning

SAFE = ("https://", "http://")


@dataclass(frozen=True)
class Shortcut:
    """One way of meeting or working; ``url`` is empty for what has no address."""

    label: str
    url: str


def shortcuts_of(reader: Reader, outputs: Iterable[Output]) -> list[Shortcut]:
    """What stands under this meaning, on sheets written together and in the agreement in force. ``outputs`` come with
    their responses. One query where the agreement asks for it, none elsewhere.
    """
    lines = agreed_lines(reader, outputs, {Meaning.SHORTCUT})
    return [Shortcut(line.label, line.text if line.text.startswith(SAFE) else "") for line in lines]
