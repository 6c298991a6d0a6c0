"""When something is due: a moment told by what it hangs on."""

from enum import StrEnum

from pydantic import Field, model_validator

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
    ENDED = "ended"
    """The pairing is over, early or in its time."""
    AGREED_END = "agreed-end"
    """The day until which the pair agreed to go on (``Meaning.AGREED_END``); the cohort's last day where it did not say."""


class Instant(Shape):
    """A moment told by its anchor: ``session 3, two days after its end``. Months are the calendar's."""

    anchor: Anchor
    session: int | None = None
    days: int = 0
    months: int = 0


class Every(Shape):
    """How often an occasion comes round again, until the pair's end or so many ``times`` in all: by the calendar, or with
    each so many sessions, as many as the pair has. Then the occasion's instants hang on sessions.
    """

    weeks: int | None = Field(None, ge=1)
    months: int | None = Field(None, ge=1)
    sessions: int | None = Field(None, ge=1)
    times: int | None = Field(None, ge=1)

    @model_validator(mode="after")
    def _one_step(self) -> "Every":
        if sum(step is not None for step in (self.weeks, self.months, self.sessions)) != 1:
            raise ValueError("say either weeks, months or sessions")
        return self


class Moment(Sourced):
    """An occasion at which a worksheet is due (or only offered), once per filler.

    With ``every`` it comes round again: the first time as ``opens`` and ``due`` say, then so much later each time.
    """

    key: KitKey
    title: str = ""
    opens: Instant
    due: Instant | None = None
    every: Every | None = None
    required: bool = True
    asked_once: bool = False
    """For what is only offered: people hear of it by one mail when it opens, and are never reminded."""
    session: int | None = None
    stage: KitKey | None = None

    @model_validator(mode="after")
    def _asks_for_what_is_offered(self) -> "Moment":
        if self.asked_once and self.required:
            raise ValueError("'asked_once' is for what is only offered (required: false)")
        return self
