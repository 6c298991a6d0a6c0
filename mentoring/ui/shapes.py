"""The shapes that components draw: small checked records, so that a wrong name or state fails where it is written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

TAG_STATES = frozenset({"good", "due", "late", "neutral"})
STAGE_STATES = frozenset({"done", "now", "ahead"})
CELL_STATES = frozenset({"done", "due", "late", "ahead", "none"})
BUTTON_KINDS = frozenset({"primary", "quiet", "tiny", "tiny-quiet", "danger", "link"})
ALIGNMENTS = frozenset({"start", "end", "centre"})


def one_of(value: str, allowed: frozenset[str], what: str) -> str:
    """``value`` if it is one of ``allowed``; otherwise ValueError naming what is."""
    if value not in allowed:
        raise ValueError(f"{what} is {value!r}; it must be one of {', '.join(sorted(allowed))}.")
    return value


def all_of(items: Sequence[Any], kind: type, what: str) -> list[Any]:
    """``items`` as a list if each is a ``kind``; otherwise TypeError."""
    listed = list(items)
    for item in listed:
        if not isinstance(item, kind):
            raise TypeError(f"{what} takes {kind.__name__} records, not {type(item).__name__}.")
    return listed


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do: a link, or with ``method="post"`` a button with a form of its own."""

    label: str
    url: str
    method: str = "get"
    kind: str = "primary"
    icon: str = ""

    def __post_init__(self) -> None:
        one_of(self.kind, BUTTON_KINDS, "An action's kind")
        one_of(self.method, frozenset({"get", "post"}), "An action's method")


@dataclass(frozen=True, slots=True)
class StageItem:
    """A session or an output on the road, with how it stands."""

    label: str
    url: str = ""
    state: str = "neutral"
    words: str = ""

    def __post_init__(self) -> None:
        one_of(self.state, TAG_STATES, "A stage item's state")


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the road."""

    title: str
    state: str
    text: str = ""
    url: str = ""
    items: Sequence[StageItem] = ()

    def __post_init__(self) -> None:
        one_of(self.state, STAGE_STATES, "A stage's state")
        all_of(self.items, StageItem, "A stage")


@dataclass(frozen=True, slots=True)
class Owed:
    """Something that is owed, or was: ``state`` and ``words`` make its tag (see ``dates.due``)."""

    label: str
    url: str = ""
    state: str = "neutral"
    words: str = ""
    detail: str = ""

    def __post_init__(self) -> None:
        one_of(self.state, TAG_STATES, "An owed item's state")


@dataclass(frozen=True, slots=True)
class Attention:
    """Who needs the reader: reason in a word or two, why in a sentence, since when, and what can be done."""

    who: str
    reason: str
    state: str
    why: str
    since: str = ""
    url: str = ""
    actions: Sequence[Action] = ()

    def __post_init__(self) -> None:
        one_of(self.state, TAG_STATES, "An attention item's state")
        all_of(self.actions, Action, "An attention item")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts; ``note`` says as of when or of how many."""

    value: str
    label: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One output of one pair in the matrix."""

    state: str
    url: str = ""
    words: str = ""

    def __post_init__(self) -> None:
        one_of(self.state, CELL_STATES, "A cell's state")


@dataclass(frozen=True, slots=True)
class Row:
    """One pair in the matrix, with a cell for every column; ``detail`` is a remark under its head, ``select`` the value of
    its tick box.
    """

    head: str
    cells: Sequence[Cell]
    url: str = ""
    select: str = ""
    detail: str = ""

    def __post_init__(self) -> None:
        all_of(self.cells, Cell, "A row")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several links of which one is where the reader is: a tab, a filter, an order."""

    label: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """A named set of choices in a filter bar."""

    label: str
    choices: Sequence[Choice]

    def __post_init__(self) -> None:
        all_of(self.choices, Choice, "A filter")


@dataclass(frozen=True, slots=True)
class Fact:
    """A term and what it is."""

    term: str
    value: Any
    url: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something on a timeline: when in words, what, and by whom."""

    when: str
    what: str
    who: str = ""
    url: str = ""
    icon: str = "circle-dot"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``url`` sorts by it, ``sorted`` is "", "ascending" or "descending"."""

    label: str
    url: str = ""
    sorted: str = ""
    align: str = "start"
    hidden: bool = field(default=False)

    def __post_init__(self) -> None:
        one_of(self.align, ALIGNMENTS, "A column's align")
        one_of(self.sorted, frozenset({"", "ascending", "descending"}), "A column's order")
