"""Messages after something was done, with a way back where there is one."""

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

_UNDO = "undo:"


def done_with_undo(request: HttpRequest, words: str, url: str) -> None:
    """Say on the next page what was done, with an "Undo" button that posts to ``url``."""
    messages.success(request, words, extra_tags=f"{_UNDO}{url}")


def undo_url(message: Message) -> str:
    """Where a message's "Undo" posts to; empty when it has none."""
    extra = message.extra_tags or ""
    return extra.removeprefix(_UNDO) if extra.startswith(_UNDO) else ""


def state(message: Message) -> str:
    """The message's level as one of the four states of a notice."""
    return {"success": "good", "warning": "due", "error": "late"}.get(message.level_tag, "neutral")
