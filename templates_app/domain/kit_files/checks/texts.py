"""Texts with gaps have only gaps that the application can fill."""

import string
from collections.abc import Iterator

from templates_app.domain.kit_files.faults import Problem
from templates_app.domain.kit_files.walking import Step
from templates_app.shapes import PLACEHOLDERS, Kit, Message, Reminder


def check_texts(kit: Kit, steps: list[Step]) -> Iterator[Problem]:
    """Placeholders of reminders and messages that the application does not know."""
    for step in steps:
        if isinstance(step.shape, Reminder | Message):
            for name in ("subject", "text"):
                for message in _faults(getattr(step.shape, name)):
                    yield Problem((*step.loc, name), message)


def _faults(text: str) -> Iterator[str]:
    try:
        parts = [part for _, part, _, _ in string.Formatter().parse(text) if part is not None]
    except ValueError:
        yield "A brace is open or closed alone here. Write a placeholder as {person}, and a brace itself twice."
        return
    for part in parts:
        if part not in PLACEHOLDERS:
            yield f"'{{{part}}}' is not known. Choose one of: {', '.join(PLACEHOLDERS)}."
