"""A worksheet: its sections, who fills it, when, and who reads it."""

from enum import StrEnum
from typing import Literal

from templates_app.shapes.base import Key, KitKey, Shape, Sourced
from templates_app.shapes.fields import FieldShape
from templates_app.shapes.times import Instant, Moment


class Section(Sourced):
    """A titled part of a worksheet."""

    key: Key
    title: str = ""
    intro: str = ""
    fields: list[FieldShape]


class Filler(StrEnum):
    """Who fills a worksheet."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    EACH = "each"
    TOGETHER = "together"
    COORDINATOR = "coordinator"
    SUPERVISOR = "supervisor"


class Preset(StrEnum):
    """Who reads a worksheet once it is sent (``docs/architecture.md``)."""

    PRIVATE = "private"
    PAIR = "pair"
    COORDINATOR = "coordinator"
    STATUS = "status"
    AUTHOR_COORDINATOR = "author-coordinator"
    ANONYMOUS = "anonymous"


class Readers(Shape):
    """The one place that says who reads a worksheet.

    ``opens``: to the partner ``at-once`` when sent, when ``both-sent``, or at ``moment`` (``opens_at``).
    ``consent``: key of the agreement's consent item without which the coordinator sees only that it is done.
    ``shareable``: the author may open it further, and take that back.
    """

    preset: Preset
    opens: Literal["at-once", "both-sent", "moment"] = "at-once"
    opens_at: Instant | None = None
    consent: Key | None = None
    shareable: bool = False


class Use(StrEnum):
    """The part a worksheet plays in the life of a pair, where the application treats that part in a way of its own."""

    PROFILE = "profile"
    REFLECTION = "reflection"
    LEARNING_STYLE = "learning-style"
    GOALS = "goals"
    GOAL_REVIEW = "goal-review"
    CHECKLIST = "checklist"
    OUTCOMES = "outcomes"
    ISSUES = "issues"
    ASSESSMENT = "assessment"
    LOG = "log"
    NOTES = "notes"
    MATERIALS = "materials"
    CLOSURE = "closure"
    WIND_UP = "wind-up"
    """The short closure offered when a pairing ends before its time."""
    APPRECIATION = "appreciation"
    AFTERWARDS = "afterwards"
    EVALUATION = "evaluation"


class Worksheet(Sourced):
    """A worksheet: its questions, who fills it, when, and who reads it."""

    key: KitKey
    title: str
    purpose: str = ""
    minutes: int | None = None
    """About how long it takes, told to the person before they start."""
    filled_by: Filler
    repeats: bool = False
    """May be filled again at will; every sheet keeps its date and the sheets can be compared."""
    moments: list[Moment] = []
    readers: Readers
    use: Use | None = None
    order: int = 0
    """Its place in lists of worksheets; equal places go by key."""
    tool: bool = False
    """One of the handbook's own tools, listed in the pair's document summary."""
    sections: list[Section]

    def fields(self) -> list[FieldShape]:
        """All top-level fields in order, sections flattened."""
        return [field for section in self.sections for field in section.fields]
