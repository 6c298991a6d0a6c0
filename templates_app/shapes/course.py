"""The way of a pair: stages, sessions, and the timeline of what is to be done."""

from enum import StrEnum
from typing import Literal

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


class Task(Sourced):
    """A line of the handbook's timeline, with the instant it is due."""

    key: KitKey
    who: Literal["mentor", "mentee", "both", "coordinator"]
    text: str
    due: Instant | None = None
    worksheet: KitKey | None = None
