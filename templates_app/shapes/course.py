"""The way of a pair: stages, sessions, and the timeline of what is to be done."""

from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from templates_app.shapes.base import KitKey, Sourced
from templates_app.shapes.programme import Duty
from templates_app.shapes.times import Instant


class Activity(Sourced):
    """Something done in a stage, by whom."""

    who: Literal["mentor", "mentee", "both", "coordinator", "partner"]
    text: str


class Condition(StrEnum):
    """What can complete a stage; each is computed from facts."""

    AGREEMENT_SIGNED = "agreement-signed"
    INVITATIONS_SENT = "invitations-sent"
    OUTPUTS_IN = "outputs-in"
    SESSIONS_HELD = "sessions-held"
    LOGS_COMPILED = "logs-compiled"
    EVALUATIONS_IN = "evaluations-in"
    PAIR_CONFIRMED = "pair-confirmed"


class Stage(Sourced):
    """A step of the programme, with what it is made of and what completes it."""

    key: KitKey
    number: int
    title: str
    purpose: str = ""
    when: str = ""
    """When it usually is, in words (``the first four weeks``). A pair reads it where no dates are known; none hangs on it."""
    sessions: list[int] = []
    worksheets: list[KitKey] = []
    activities: list[Activity] = []
    outputs: list[Duty] = []
    """What the stage leaves behind, in words, each with its source."""
    completes: list[Condition] = []
    done_when: str = ""


class AgendaItem(Sourced):
    """A point of a session's agenda: who leads it, and its own lines where it has any."""

    lead: Literal["mentor", "mentee", "both", "either"]
    text: str
    optional: bool = False
    items: list[Duty] = []


class SessionPlan(Sourced):
    """One numbered session: its purpose, its agenda, what helps with it."""

    number: int
    onwards: bool = False
    """It stands for every later session too that has no entry of its own."""
    title: str
    purpose: str
    stage: KitKey
    agenda: list[AgendaItem]
    guides: list[KitKey] = []
    resources: list[KitKey] = []
    notes: list[Duty] = []


class Prompt(Sourced):
    """A point of a guide to a talk: words for both, or each side's own. A side without words is not asked."""

    text: str = ""
    mentor: str = ""
    """For the mentor, in place of ``text``."""
    mentee: str = ""
    """For the mentee, in place of ``text``."""
    items: list[Duty] = []

    @model_validator(mode="after")
    def _says_something(self) -> "Prompt":
        if not (self.text or self.mentor or self.mentee):
            raise ValueError("a prompt has words: 'text' for both, or 'mentor' and 'mentee' for each")
        return self

    def words_for(self, side: str) -> str:
        """What one side is asked; empty where the prompt is for the other alone."""
        return (self.mentor if side == "mentor" else self.mentee) or self.text


class TalkGuide(Sourced):
    """A guide to a talk: prompts that a pair may keep beside it, at any session and while the log is written. Always optional.

    It opens by itself at the ``sessions`` it names, with ``onwards`` at every later one too, with ``last`` at the last.
    """

    key: KitKey
    title: str
    purpose: str = ""
    sessions: list[int] = []
    onwards: bool = False
    last: bool = False
    prompts: list[Prompt] = Field(min_length=1)
    worksheet: KitKey | None = None
    """On which answers may be kept, by whoever wants to."""
    articles: list[KitKey] = []
    """Where more about it may be read."""

    @model_validator(mode="after")
    def _goes_on_from_somewhere(self) -> "TalkGuide":
        if self.onwards and not self.sessions:
            raise ValueError("'onwards' goes on from a session: name it in 'sessions'")
        return self

    def opens_at(self, number: int, *, is_last: bool) -> bool:
        """Whether it opens by itself at a session of that number."""
        named = number in self.sessions or (self.onwards and number > max(self.sessions))
        return named or (self.last and is_last)


class Task(Sourced):
    """A line of the handbook's timeline, with the instant it is due."""

    key: KitKey
    who: Literal["mentor", "mentee", "both", "coordinator"]
    text: str
    due: Instant | None = None
    worksheet: KitKey | None = None
