"""By what a programme is judged: indicators of success, and what each of them is reckoned from."""

from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from templates_app.shapes.base import Key, KitKey, Shape, Sourced


class Reckoning(StrEnum):
    """How a figure comes about. The set is closed: what is not here, no handbook can ask for.

    ``surveys`` names surveys in the order of time; one that comes round again gives a figure for each round.
    """

    MEAN = "mean"
    """The mean of the means of ``fields`` (scales), at each survey."""
    CHANGE = "change"
    """How far the mean of ``fields`` has moved from the first survey to the last, in those who answered both."""
    SHARE = "share"
    """How many of those who answered gave answers that ``fits`` describes, at each survey."""
    RISE = "rise"
    """In the ``rows`` of a table or group: from column ``before`` to column ``now``, for each option of column ``kinds``."""
    ROWS = "rows"
    """How much of the ``rows`` somebody names is reached: for each a weight by the answer in ``column``, where ``fits`` holds."""
    HOW_MANY = "how-many"
    """How many ``rows`` there are on a sheet, in the mean."""
    SENT = "sent"
    """In how many relationships ``worksheet`` is sent; ``fields`` are those that it cannot be sent without."""
    TOGETHER = "together"
    """In how many relationships all ``parts`` hold."""
    HELD = "held"
    """Of the sessions whose time has come, how many were held."""
    NOW_MENTORS = "now-mentors"
    """Of those who were mentees, how many are mentors in the same programme now."""
    ENGAGED = "engaged"
    """Month by month: of the relationships that were running, how many held a session or sent one of ``worksheets``."""
    ACTIVITY = "activity"
    """Month by month: so many of what ``counts`` says for each person of ``side`` whose relationship was running."""
    STANDING = "standing"
    """Month by month: of the goals of running relationships, how many were on the way, off track and reached at its end."""
    REQUESTS = "requests"
    """Month by month: sheets of ``worksheets`` by which mentees ask for something, and extra sessions held, for each open
    goal."""
    AGREED = "agreed"
    """Of ``worksheet`` (one that is ``counted``): how many people chose each option that may be counted, in all and by quarter
    of the date in ``fields``."""
    MATCHED = "matched"
    """At each survey: the mean of ``fields`` in the pairs whose match score was higher, and in those where it was lower."""
    THEMES = "themes"
    """How often each theme comes up in the ``fields`` of ``worksheet`` that coordinators gather into themes (``coded``)."""
    GAP = "gap"
    """How far two measures of the same indicator (``of``) lie apart, in per cent of their scales."""


class Fits(Shape):
    """What an answer has to be: one of these, at least so much, or there at all."""

    field: Key
    is_in: list[str] = []
    at_least: int | None = None
    filled: bool = False

    @model_validator(mode="after")
    def _says_one_thing(self) -> "Fits":
        if sum((bool(self.is_in), self.at_least is not None, self.filled)) != 1:
            raise ValueError("say one of 'is_in', 'at_least' and 'filled: true'")
        return self


class Part(Shape):
    """What has to hold of one side's answers: ``fits``, or that of ``rows`` at least this ``share`` is reached."""

    survey: KitKey
    fits: list[Fits] = []
    rows: Key | None = None
    column: Key | None = None
    weights: dict[Key, float] = {}
    share: float = Field(0.5, gt=0, le=1)

    @model_validator(mode="after")
    def _says_something(self) -> "Part":
        if not self.fits and not (self.rows and self.column and self.weights):
            raise ValueError("say 'fits', or 'rows' with 'column' and 'weights'")
        return self


class Measure(Shape):
    """One thing that is reckoned for an indicator. Which attributes count depends on ``reckon`` (``Reckoning``)."""

    key: Key
    title: str
    reckon: Reckoning
    surveys: list[KitKey] = []
    worksheet: KitKey | None = None
    fields: list[Key] = []
    fits: list[Fits] = []
    rows: Key | None = None
    before: Key | None = None
    now: Key | None = None
    kinds: Key | None = None
    column: Key | None = None
    weights: dict[Key, float] = {}
    """Option of ``column`` → what a row with it counts. An option without a weight is counted apart and in no share."""
    goal: Key | None = None
    """The column that names one of the pair's goals, for ``within_days``."""
    within_days: int | None = Field(None, ge=1)
    """Only goals that were first sent within so many days from the pairing on."""
    parts: list[Part] = []
    side: Literal["mentor", "mentee"] | None = None
    counts: Literal["sessions", "hours", "sheets", "tasks", "milestones"] | None = None
    worksheets: list[KitKey] = []
    """Sheets of which it counts that they were sent, whatever stands in them."""
    of: list[Key] = []

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> "Measure":
        for names in _NEEDS[self.reckon]:
            if not any(getattr(self, name) for name in names.split("|")):
                raise ValueError(f"'{self.reckon}' needs {names.replace('|', ' or ')}")
        if self.reckon is Reckoning.CHANGE and len(self.surveys) < 2:
            raise ValueError("'change' needs two surveys at least: where it began, and where it is now")
        if self.reckon is Reckoning.GAP and len(self.of) != 2:
            raise ValueError("'gap' lies between two measures: name two in 'of'")
        if self.counts == "sheets" and not self.worksheets:
            raise ValueError("to count sheets, name them in 'worksheets'")
        if self.counts in _PROGRESS and self.side != "mentee":
            raise ValueError("tasks and milestones are counted for mentees: say 'side: mentee'")
        if bool(self.within_days) != bool(self.goal):
            raise ValueError("'goal' and 'within_days' belong together")
        return self

    @property
    def follows_goals(self) -> bool:
        """Whether it is reckoned from how goals and tasks stand rather than from answers."""
        return self.reckon in {Reckoning.STANDING, Reckoning.REQUESTS} or self.counts in _PROGRESS


_PROGRESS = ("tasks", "milestones")
_NEEDS: dict[Reckoning, tuple[str, ...]] = {
    Reckoning.MEAN: ("surveys", "fields"),
    Reckoning.CHANGE: ("surveys", "fields"),
    Reckoning.SHARE: ("surveys|worksheet", "fits"),
    Reckoning.RISE: ("surveys", "rows", "before", "now", "kinds"),
    Reckoning.ROWS: ("surveys", "rows", "weights|fits"),
    Reckoning.HOW_MANY: ("surveys|worksheet", "rows"),
    Reckoning.SENT: ("worksheet", "fields"),
    Reckoning.TOGETHER: ("parts",),
    Reckoning.HELD: (),
    Reckoning.NOW_MENTORS: (),
    Reckoning.ENGAGED: (),
    Reckoning.ACTIVITY: ("side", "counts"),
    Reckoning.STANDING: (),
    Reckoning.REQUESTS: ("worksheets",),
    Reckoning.AGREED: ("worksheet", "fields"),
    Reckoning.MATCHED: ("surveys", "fields"),
    Reckoning.THEMES: ("worksheet", "fields"),
    Reckoning.GAP: ("of",),
}


class Indicator(Sourced):
    """A sign of success: whose it is, what it means, and the figures by which it is told.

    Figures are made of many people's answers and shown in no smaller number (``evaluation/domain/indicating``).
    """

    key: Key
    title: str
    about: Literal["mentee", "mentor", "shared", "programme"]
    definition: str
    caution: str = ""
    """What to keep in mind when the figures are read."""
    used: bool = True
    """Whether the programme judges itself by it."""
    measures: list[Measure] = []
    """None for a sign that a programme names itself and follows elsewhere."""
