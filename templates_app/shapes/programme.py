"""What the programme is: its facts and partners, its plan, its roles."""

from typing import Literal

from templates_app.shapes.base import Key, KitKey, Sourced
from templates_app.shapes.fields import Option


class Fact(Sourced):
    """A statement of the handbook that the programme shows or a person needs (identity, purpose, rules)."""

    key: Key
    title: str
    text: str
    topic: Literal["about", "rules", "eligibility", "confidentiality", "ending", "evaluation", "matching"] = "about"


class Partner(Sourced):
    """An organisation that carries the programme and puts people forward."""

    key: KitKey
    name: str
    short: str = ""


class Slice(Sourced):
    """A part of a meeting. ``minutes`` for the shortest meeting; the slice with ``stretches`` takes what is longer."""

    minutes: int
    title: str
    text: str = ""
    stretches: bool = False


class Meeting(Sourced):
    """How long a pair meets, and how the time is shared out."""

    min_minutes: int
    max_minutes: int
    default_minutes: int
    slices: list[Slice]
    why: str = ""


class Steps(Sourced):
    """What the handbook calls the steps of a pair that are no worksheets; one that is left out goes by the application's
    own words.
    """

    introduction: str = ""
    schedule: str = ""
    agreement: str = ""
    invitations: str = ""
    compile: str = ""
    evaluation: str = ""


class Plan(Sourced):
    """How long the programme runs and how often a pair meets."""

    months: int
    sessions: int
    interval_months: int = 1
    models: list[Literal["one-to-one", "group", "two-by-two", "team"]] = ["one-to-one"]
    meeting: Meeting
    platforms: list[Option]
    frequencies: list[Option]
    contact_days: int | None = None
    steps: Steps | None = None


class Duty(Sourced):
    """One line of a list of duties, outputs or points."""

    text: str


class Role(Sourced):
    """A role of the programme: what it is, what it does, who suits it."""

    key: KitKey
    title: str
    definition: str = ""
    duties: list[Duty] = []
    specification: list[Duty] = []
