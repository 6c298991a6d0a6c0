"""What a question is made of: its answers and lines, when it is asked, and what its rows may begin with."""

from typing import Literal

from pydantic import model_validator

from templates_app.shapes.base import Key, KitKey, Shape, Sourced
from templates_app.shapes.kinds import Level, Meaning, Need


class Option(Sourced):
    """One answer of a choice, with a key that survives relabelling."""

    key: Key
    label: str
    help: str = ""
    apart: bool = False
    """Counts neither way where answers are counted, such as "does not apply here"."""
    state: Literal["", "open", "off-track", "reached", "put-aside"] = ""
    """Inside a goal: how the goal stands once this is the answer."""
    again: Literal["", "week", "fortnight", "month"] = ""
    """With the meaning ``look-again``: so often its writer is led back to the sheet; empty: never."""
    guides: list[KitKey] = []
    x: float | None = None
    """Of a figure in a picture: how far its middle is from the left edge, in per cent of the picture's width."""
    y: float | None = None
    """The same from the upper edge, in per cent of the picture's height."""
    worksheets: list[KitKey] = []
    """With the meaning ``form``: articles, and worksheets for any time, that only pairs which chose such an option are shown."""


class Point(Sourced):
    """One point of a scale. ``value`` is what reports compute on; steps need not be even."""

    value: int
    label: str = ""


class Item(Sourced):
    """One line of a checklist, or one row of a matrix or fixed table.

    ``note``: ``none`` a bare tick; ``may`` a tick with room for a note; ``answer`` a tick that holds an agreed answer.
    """

    key: Key
    label: str
    help: str = ""
    note: Literal["none", "may", "answer"] = "none"
    need: Need = Need.MAY
    meaning: Meaning | None = None


class ShowIf(Shape):
    """A field is asked only while another field of the same level holds one of these values (or any, or none)."""

    field: Key
    is_in: list[str | int | bool] = []
    filled: bool | None = None


class Take(Shape):
    """Answers of a worksheet that can be taken over into this field with one action.

    ``columns``: own column → the field inside the other one (of a checklist: ``label`` or ``answer``).
    ``items``: of a checklist, only these lines; none named means all.
    """

    worksheet: KitKey
    field: Key
    columns: dict[Key, Key]
    items: list[Key] = []


class Gathers(Shape):
    """What opens a table when its sheet is begun: a row for each thing of one kind that came about since the writer's last
    such sheet, as far as the writer may read it.

    Either ``level``: what was reached of it on the page of goals (``title`` and ``reached_on`` are its parts), or
    ``worksheet``: sheets of it that the writer sent, alone or together with others, with the day in field ``on``.
    ``columns``: own column → part, or field of that worksheet.
    """

    level: Level | None = None
    worksheet: KitKey | None = None
    on: Key | None = None
    columns: dict[Key, Key]

    @model_validator(mode="after")
    def _from_one_place(self) -> "Gathers":
        if (self.level is None) == (self.worksheet is None):
            raise ValueError("say either 'level' or 'worksheet'")
        if (self.worksheet is None) != (self.on is None):
            raise ValueError("'on' names the day on the sheets of 'worksheet'")
        if self.level is not None and not set(self.columns.values()) <= set(REACHED_PARTS):
            raise ValueError(f"what is reached has {' and '.join(REACHED_PARTS)}")
        return self


REACHED_PARTS = ("title", "reached_on")
"""What ``Gathers`` may take of something that was reached."""


class BesideSheet(Shape):
    """Answers of the person's own latest sheet of another worksheet (or of this one), shown next to a question."""

    worksheet: KitKey
    fields: list[Key]


class Layer(Shape):
    """One layer of a drawn jar: what it is called, and the fields beside it whose answers are its stones."""

    label: str
    fields: list[Key]


class Suggestion(Sourced):
    """A row that the handbook suggests: column → words. Inserted it is an answer like any other, and may be changed."""

    values: dict[Key, str]


class Talk(Shape):
    """When answers on a scale are worth a talk between the two: one of these ``values``, or so far ``apart``."""

    values: list[int] = []
    apart: int | None = None


class Picture(Shape):
    """The picture of a field of kind ``picture``: a file of the kit's folder ``pictures``, and what is to be seen on it.

    What it shows is told by ``kept``, the SHA-256 of its bytes in hexadecimal digits, so that a published version always shows
    the same. Kits do not write it, nor the size: whoever reads the file or keeps an upload fills them in.
    """

    file: str
    words: str = ""
    """What the picture shows, for those who do not see it."""
    kept: str = ""
    width: int = 0
    """In the picture's own units: pixels, or those of a drawing's ``viewBox``."""
    height: int = 0
