"""How a reminder would read for somebody, before it is kept. What reminders look like is known to the rooms above."""

from collections.abc import Callable
from dataclasses import dataclass

from mentoring.accounts.models import User
from programmes.models import Programme


@dataclass(frozen=True)
class Preview:
    """A message as somebody would get it."""

    subject: str
    text: str


Previewer = Callable[[Programme, User, str, str, str], Preview]
"""Programme, who looks, what is owed, subject and text: the message with everything filled in."""

_previewers: list[Previewer] = []


def register_reminder_preview(previewer: Previewer) -> None:
    """Say how reminders look. For ``AppConfig.ready``; the last one counts."""
    _previewers[:] = [previewer]


def preview_reminder(*, programme: Programme, reader: User, owes: str, subject: str, text: str) -> Preview:
    """A reminder as ``reader`` would get it, with a partner and a date made up."""
    if not _previewers:
        return Preview(subject, text)
    return _previewers[0](programme, reader, owes, subject, text)
