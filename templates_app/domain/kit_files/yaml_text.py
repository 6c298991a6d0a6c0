"""YAML as kits use it: the plain part of the language, with the line of everything in it.

Kits come from strangers, and from people who do not know YAML's corners. So this reader takes only what a kit needs:
mappings, lists and plain values; no anchors (a few lines of them can grow to gigabytes), no tags, no second document,
no repeated keys. Words such as ``no`` and ``2026-01-31`` stay words: only ``true``, ``false``, ``null`` and numbers are
anything else.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

Loc = tuple[str | int, ...]
"""Where a value stands in its document: the keys and list positions on the way to it."""

MAX_DEPTH = 24
"""Levels of nesting. The deepest that the shapes allow is about half of it."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")
_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}


class Unreadable(ValueError):
    """The text is not YAML as kits use it. ``line`` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        self.message = message
        super().__init__(message)


@dataclass
class Document:
    """A document read: its value, and the line (from 1) on which each part of it stands."""

    value: Any = None
    lines: dict[Loc, int] = field(default_factory=dict)


def parse(text: str) -> Document:
    """Read one document. An empty text has the value ``None``.

    Raises ``Unreadable`` with the line and what to do about it.
    """
    strange = _UNPRINTABLE.search(text)
    if strange:
        line = text.count("\n", 0, strange.start()) + 1
        raise Unreadable(line, f"An unprintable character ({ord(strange[0]):#06x}) stands here. Take it out.")
    document = Document()
    try:
        events = _checked(yaml.parse(text, Loader=_LOADER))
        event = next(events, None)
        if event is not None:
            document.value = _build(event, events, (), document.lines)
        for _rest in events:  # reads to the end, so that what follows the document is seen and refused
            pass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unreadable(
            mark.line + 1 if mark else 1,
            f"This is not readable as YAML ({error.problem}). Look at the indentation, quotes and colons of this line "
            "and of the one before it.",
        ) from error
    except yaml.YAMLError as error:
        raise Unreadable(1, f"This is not readable as YAML ({error}).") from error
    return document


def _checked(events: Iterator[Any]) -> Iterator[Any]:
    """The events that carry values, with everything refused that kits do not use."""
    documents = depth = 0
    for event in events:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise Unreadable(line, "A second document starts here. A file holds one: take out the '---'.")
        elif isinstance(event, yaml.NodeEvent):
            _refuse_unused(event, line)
            yield event
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    raise Unreadable(line, f"This is nested more than {MAX_DEPTH} levels deep. Make it flatter.")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            yield event


def _refuse_unused(event: Any, line: int) -> None:
    if isinstance(event, yaml.AliasEvent) or event.anchor:
        raise Unreadable(line, "Anchors and aliases (& and *) are not used in kits. Write the value out.")
    if event.tag and event.tag != "!":
        raise Unreadable(line, "Tags (!) are not used in kits. Take it out.")


def _build(event: Any, events: Iterator[Any], loc: Loc, lines: dict[Loc, int]) -> Any:
    lines.setdefault(loc, event.start_mark.line + 1)
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event.value) if event.implicit[0] else event.value
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Any] = []
        while not isinstance(item := next(events), yaml.SequenceEndEvent):
            items.append(_build(item, events, (*loc, len(items)), lines))
        return items
    return _mapping(events, loc, lines)


def _mapping(events: Iterator[Any], loc: Loc, lines: dict[Loc, int]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    while not isinstance(key := next(events), yaml.MappingEndEvent):
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarEvent) or not key.value:
            raise Unreadable(line, "A name is expected here, before the colon.")
        name = key.value
        if name in values:
            first = lines[*loc, name]
            raise Unreadable(line, f"'{name}' is given twice here (first on line {first}). Keep one.")
        lines[*loc, name] = line
        values[name] = _build(next(events), events, (*loc, name), lines)
    return values


def reads_as_text(text: str) -> bool:
    """Whether a text written without quotes is read as text again; ``0E0`` and ``true`` are not."""
    return isinstance(_scalar(text), str)


def _scalar(text: str) -> str | int | float | bool | None:
    """A plain value: only the few words and the numbers of YAML's core schema are more than text."""
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text) and math.isfinite(number := float(text)):
        return number
    return text
