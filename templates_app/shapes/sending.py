"""What goes out to people: reminders, suggested messages, surveys."""

from typing import Literal

from templates_app.shapes.base import KitKey, Sourced
from templates_app.shapes.times import Instant


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


class Survey(Sourced):
    """A worksheet sent to people of a role at a moment of their pairing."""

    worksheet: KitKey
    audience: list[Literal["mentor", "mentee"]]
    moment: Instant
    due: Instant | None = None
    anonymous: bool = False
