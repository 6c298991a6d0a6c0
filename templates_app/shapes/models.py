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
    INFORMAL = "informal"
    """One mentor and one mentee who know each other and are recorded, without the handbook's path (``phase1.must.47``)."""
    PEERS = "peers"
    """People of one role among themselves; one of them leads (``phase1.must.64``)."""


ALONGSIDE: frozenset[str] = frozenset({ModelKind.INFORMAL, ModelKind.PEERS})
"""Models that stand alongside the handbook's path and are counted apart: neither agreement, nor steps, nor planned sessions,
nor surveys, and of the worksheets only those that name the model."""


def is_for(models: Collection[ModelKind], model: str) -> bool:
    """Whether something of a handbook is for pairings of that model: for all of them where it names none."""
    return not models or model in models


def is_owed_in(models: Collection[ModelKind], model: str) -> bool:
    """Whether what a handbook has for these models is owed in pairings of that model; alongside, where it is named."""
    return model in models if model in ALONGSIDE else is_for(models, model)
