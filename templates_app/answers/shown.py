"""One structure in which answers are read: by the page, the PDF and the side-by-side view."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from templates_app.shapes import Kind

_IN_A_LINE = frozenset({Kind.NUMBER, Kind.DURATION, Kind.DATE, Kind.TIME})


@dataclass(frozen=True)
class ShownLine:
    """One line of a list: a tick with its label and note, a row of a rating grid, a chosen option."""

    label: str
    text: str = ""
    done: bool | None = None
    """Ticked or not; None where the line is no tick."""


@dataclass(frozen=True)
class ShownRow:
    """One row of a table or one block of a group."""

    number: int
    answers: tuple["ShownAnswer", ...]
    label: str = ""
    example: bool = False


@dataclass(frozen=True)
class Figure:
    """A figure of a picture where it stands: in the picture's own units, as SVG takes them."""

    key: str
    number: int
    label: str
    x: int
    y: int
    radius: int
    mark: int
    """Radius of its number's disc, whose middle is at ``mark_x`` and ``mark_y``."""
    mark_x: int
    mark_y: int

    @property
    def letters(self) -> float:
        """The size of the number's letters."""
        return round(self.mark * 1.25, 1)


@dataclass(frozen=True)
class Pointed:
    """A kept picture with figures to be marked on it."""

    kept: str
    words: str
    width: int
    height: int
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Shown:
    """A value made readable. ``text`` always says all of it; the rest says it better where there is more to show."""

    text: str = ""
    html: SafeString | None = None
    lines: tuple[ShownLine, ...] = ()
    rows: tuple[ShownRow, ...] = ()
    headings: tuple[str, ...] = ()
    """Column headings, where the rows read best as a table."""
    file: str = ""
    """Id of a kept file, whose name is the text."""
    picture: bool = False
    """Whether that file is a picture, which pages show."""
    pointed: Pointed | None = None
    """The handbook's picture with the chosen figures marked; ``lines`` name them."""


@dataclass(frozen=True)
class ShownAnswer:
    """One question with its answer. ``blank``: nothing was answered. ``doubtful``: kept as typed, not understood."""

    key: str
    kind: Kind
    label: str
    shown: Shown
    blank: bool = False
    doubtful: bool = False
    by: str = ""
    """In a sheet that both write, in words: which side wrote this."""
    common: str = ""
    """The question in words for everybody, where ``label`` is in those for the writer's side."""
    readers: str = ""
    """The preset that narrows who reads this one answer; empty when the worksheet's own readers do."""

    @property
    def in_a_line(self) -> bool:
        """A figure or a date: short, and hard to read when a narrow column breaks it."""
        return self.kind in _IN_A_LINE and not self.doubtful


@dataclass(frozen=True)
class ShownSection:
    """A titled part of a worksheet with its questions and answers."""

    key: str
    title: str
    intro: str
    answers: tuple[ShownAnswer, ...]
