"""The mentoring models: how many mentors and mentees make a pairing."""

from collections.abc import Collection
from enum import StrEnum


class ModelKind(StrEnum):
    """How many mentors and mentees make a pairing."""

    ONE_TO_ONE = "one-to-one"
    GROUP = "group"
    TWO_BY_TWO = "two-by-two"
    TEAM = "team"
    """The mentors come from outside the team whose members are the mentees."""


def is_for(models: Collection[ModelKind], model: str) -> bool:
    """Whether something of a handbook is for pairings of that model: for all of them where it names none."""
    return not models or model in models
