"""What goes out to people: reminders, suggested messages, surveys."""

from typing import Literal

from templates_app.shapes.base import KitKey, Sourced
from templates_app.shapes.choices import ShowIf
from templates_app.shapes.times import Every, Instant


class Reminder(Sourced):
    """When what is owed is reminded: first after, then every, at most, and when the coordinator hears of it (days)."""

    key: KitKey
    owes: Literal["agreement", "session-date", "invitations", "worksheet", "log", "closure", "compile", "evaluation"]
    first_after: int
    every: int
    at_most: int
    escalate_after: int | None = None
    subject: str
    text: str


class Message(Sourced):
    """Suggested wording of a message that a person of the programme sends; the sender may change every word."""

    key: KitKey
    sender: Literal["mentor", "mentee", "coordinator"]
    to: list[Literal["mentor", "mentee", "coordinator"]]
    title: str
    subject: str
    text: str
    moment: Instant | None = None


SENT_BY_HAND = ("evaluation", "remind-mentee")
"""Moments of what follows when a coordinator sends the evaluation: what each is asked for, and the mentor's errand."""


class ScheduledReport(Sourced):
    """A report on a period that the application makes by itself as soon as the period is over (``phase1.arch.9.c``).

    ``mentee-progress`` and ``mentor-activity`` tell what the handbook's indicators count of each mentee, or each mentor, over
    these days; ``effectiveness`` tells every indicator in use, as it stands then.
    """

    key: KitKey
    title: str
    about: Literal["mentee-progress", "mentor-activity", "effectiveness"]
    rhythm: Literal["weekly", "monthly", "quarterly"] = "monthly"
    used: bool = True
    """Whether the programme has it made."""


class Survey(Sourced):
    """A worksheet that people of a role are asked to fill in at a moment of their pairing, also when that is over.

    ``by``: the ``coordinator`` sends it by hand, or the application sends it ``itself`` at its moment; where nothing is said,
    the first survey of a handbook is sent by hand and every other goes by itself. ``key`` is the worksheet's where none is
    given. With ``every`` it comes round again until the pair's end.
    """

    key: KitKey = ""
    title: str = ""
    worksheet: KitKey
    audience: list[Literal["mentor", "mentee"]]
    by: Literal["coordinator", "itself"] | None = None
    moment: Instant
    due: Instant | None = None
    every: Every | None = None
    required: bool = True
    """Whether it is reminded; what is only offered never is, and the coordinator does not hear of it."""
    anonymous: bool = False
    """Answers are counted and nothing else: nobody reads a single one, nor any words."""
    quotes: ShowIf | None = None
    """With ``anonymous``: the answer by which somebody lets their words be quoted without a name. Coordinators read what these
    people wrote, and of nobody else a word."""

    @property
    def goes_by_itself(self) -> bool:
        """Whether the application sends it at its moment."""
        return self.by == "itself"

    @property
    def occasion(self) -> str:
        """What its outputs carry as their moment. What is sent by hand has a moment of its own (``SENT_BY_HAND``)."""
        return f"survey-{self.key}" if self.key in SENT_BY_HAND else self.key


def complete_surveys(surveys: list[Survey]) -> None:
    """Fill in what a handbook may leave out: a key of its own for each survey, and who sends it."""
    taken = {survey.key for survey in surveys}
    for place, survey in enumerate(surveys):
        if not survey.key:
            names = [survey.worksheet, *(f"{survey.worksheet[:56]}-{number}" for number in range(2, len(surveys) + 2))]
            survey.key = next(name for name in names if name not in taken)
            taken.add(survey.key)
        survey.by = survey.by or ("itself" if place else "coordinator")
