"""Answers that could not be understood, kept as they were typed.

A draft refuses nothing: what does not fit its field stands in its place as ``{"_raw": what was typed}`` until the
person mends it. Whatever is wrapped like this counts as written words (``split`` never puts it among the facts).
"""

from typing import Any

RAW = "_raw"


class AnswerFault(Exception):
    """An answer does not fit its field. The message tells the person what to do, in their language."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def as_raw(typed: Any) -> dict[str, Any]:
    """Wrap what was typed so that it is kept beside its fault."""
    return typed if is_raw(typed) else {RAW: typed}


def is_raw(value: Any) -> bool:
    """Whether a stored value is one that was kept but not understood."""
    return isinstance(value, dict) and value.keys() == {RAW}


def unwrapped(value: Any) -> Any:
    """What was typed, whether it was understood or not."""
    return value[RAW] if is_raw(value) else value


def raw_words(value: Any) -> str:
    """What was typed as one line of plain words, for showing a draft."""
    inner = unwrapped(value)
    if isinstance(inner, dict):
        return " ".join(words for words in map(raw_words, inner.values()) if words)
    if isinstance(inner, list):
        return ", ".join(words for words in map(raw_words, inner) if words)
    return "" if inner is None or isinstance(inner, bool) else str(inner)
