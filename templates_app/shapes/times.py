"""When something is due: a moment told by what it hangs on."""

from enum import StrEnum

from templates_app.shapes.base import KitKey, Shape, Sourced


class Anchor(StrEnum):
    """What an instant of a pairing's life hangs on."""

    PAIRING = "pairing"
    SESSION_START = "session-start"
    SESSION_END = "session-end"
    AGREEMENT = "agreement"
    COHORT_START = "cohort-start"
    COHORT_END = "cohort-end"
    EVALUATION_SENT = "evaluation-sent"
    ENROLMENT = "enrolment"
    ENDED_EARLY = "ended-early"
    """One of the two ended the pairing before its time."""


class Instant(Shape):
    """A moment told by its anchor: ``session 3, two days after its end``."""

    anchor: Anchor
    session: int | None = None
    days: int = 0


class Moment(Sourced):
    """An occasion at which a worksheet is due (or only offered), once per filler."""

    key: KitKey
    title: str = ""
    opens: Instant
    due: Instant | None = None
    required: bool = True
    session: int | None = None
    stage: KitKey | None = None
