"""Where an output is done: the page a reminder, the home page or the road leads to."""

from collections.abc import Callable
from typing import Any

from pairs.enums import OutputKind
from pairs.models import Output

_PAGES = {
    OutputKind.AGREEMENT: "pairs:agreement",
    OutputKind.SCHEDULE: "pairs:schedule",
    OutputKind.INTRODUCTION: "pairs:introduction",
    OutputKind.INVITATIONS: "pairs:sessions",
    OutputKind.COMPILE: "pairs:logs",
}


Path = tuple[Any, ...]
"""A view's name and its arguments after the organisation."""
OutputPage = Callable[[Output], Path | None]

_others: list[OutputPage] = []


def register_output_page(page: OutputPage) -> None:
    """Let an upper room say where some outputs are done; it answers ``None`` for all others. For ``AppConfig.ready``."""
    if page not in _others:
        _others.append(page)


def page_path(output: Output) -> Path:
    """The view's name and its arguments after the organisation."""
    for other in _others:
        if found := other(output):
            return found
    page = _PAGES.get(OutputKind(output.kind))
    if page is not None:
        return (page, output.pairing_id)
    return ("pairs:output", output.pk)
