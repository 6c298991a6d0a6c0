"""Where an introduction stands: which step leads from where to where, and the one function that takes it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mentoring.tenancy.swapping import swap
from pairs.enums import ContactState as S
from pairs.models import ContactIntroduction


class Step(StrEnum):
    """What can become of it. A no, taking it back and an answer that did not come are one step: nobody can tell them apart."""

    MENTEE_AGREES = "mentee-agrees"
    CONTACT_AGREES = "contact-agrees"
    DROP = "drop"


@dataclass(frozen=True)
class Way:
    """From where, to where."""

    before: frozenset[S]
    after: S


WAYS: dict[Step, Way] = {
    Step.MENTEE_AGREES: Way(frozenset({S.MENTEE}), S.CONTACT),
    Step.CONTACT_AGREES: Way(frozenset({S.CONTACT}), S.MADE),
    Step.DROP: Way(frozenset({S.MENTEE, S.CONTACT}), S.NOT_MADE),
}


class WrongState(Exception):
    """It is decided already, or somebody else is asked now."""


def transition(introduction: ContactIntroduction, step: Step, **values: Any) -> None:
    """Take the step by compare-and-swap, with what it sets. Raises ``WrongState``."""
    way = WAYS[step]
    if introduction.state not in way.before:
        raise WrongState
    rows = ContactIntroduction.objects.filter(state=introduction.state)
    if not swap(introduction, rows, state=way.after, **values):
        raise WrongState
