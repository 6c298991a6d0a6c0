"""How people join and how pairs are made."""

from typing import Literal

from pydantic import Field

from templates_app.shapes.base import Key, KitKey, Sourced


class Joining(Sourced):
    """How people join: what they fill in, and what must be settled before they are paired."""

    enrolment: dict[str, KitKey]
    """Worksheet key per role (``mentor``, ``mentee``)."""
    both_roles: bool = False
    gates: list[KitKey] = []
    """Worksheets that must be settled before somebody is paired."""
    candidates: bool = False
    """People put forward by partners wait for the coordinator's decision before matching."""


class Criterion(Sourced):
    """One reason for a match. ``kind`` names the comparison; fields are keys of the enrolment worksheets."""

    key: Key
    kind: Literal["overlap", "same", "zone", "near", "words", "age"]
    title: str
    mentor_field: Key
    mentee_field: Key
    weight: int = Field(ge=0, le=100)
    sensitive: bool = False


class MatchRule(Sourced):
    """What makes a pair questionable: ``warn`` must be acknowledged, ``forbid`` cannot be confirmed."""

    key: Key
    kind: Literal["conflict", "line", "same-employer", "same-partner"]
    effect: Literal["warn", "forbid"]
    text: str


class Matching(Sourced):
    """How pairs are made: who decides, what is compared, what is watched."""

    mode: Literal["coordinator", "mentee", "both"]
    criteria: list[Criterion]
    rules: list[MatchRule] = []
    capacity: int = 1
    note: str = ""
