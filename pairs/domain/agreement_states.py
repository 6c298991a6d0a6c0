"""The states of what is signed, an agreement or a sheet as it was sent: which step leads where, and the one function that
changes state. Who may take it the verbs ask.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from mentoring.tenancy.swapping import swap
from pairs.domain.holding import one_at_a_time
from pairs.enums import AgreementState as S
from pairs.models import Agreement, SignedSheet


class Step(StrEnum):
    """What can be done to a version of an agreement; to a signed sheet: all of it but what a draft is for."""

    OFFER = "offer"
    TAKE_BACK = "take-back"
    COMPLETE = "complete"
    REVISE = "revise"
    REPLACE = "replace"
    DISCARD = "discard"


@dataclass(frozen=True)
class Rule:
    """From where to where."""

    before: frozenset[S]
    after: S


TABLE: dict[Step, Rule] = {
    Step.OFFER: Rule(frozenset({S.DRAFT}), S.OFFERED),
    Step.TAKE_BACK: Rule(frozenset({S.OFFERED}), S.DRAFT),
    Step.COMPLETE: Rule(frozenset({S.OFFERED}), S.SIGNED),
    Step.REVISE: Rule(frozenset({S.OFFERED}), S.SUPERSEDED),
    Step.REPLACE: Rule(frozenset({S.SIGNED}), S.SUPERSEDED),
    Step.DISCARD: Rule(frozenset({S.DRAFT}), S.WITHDRAWN),
}


class WrongState(Exception):
    """The step cannot be taken from where the text stands now: somebody may have been faster. The message says so."""


class NotReady(Exception):
    """Something is missing before the agreement can be sent for signing; the message says what."""


def allowed(text: Agreement | SignedSheet, step: Step) -> bool:
    """Whether the step leads anywhere from here."""
    return text.state in TABLE[step].before


def hold(text: Agreement | SignedSheet) -> None:
    """Begin a step: one at a time, and from the version as it stands now."""
    one_at_a_time(text.pairing)
    own = ["clauses", "revision"] if isinstance(text, Agreement) else []
    text.refresh_from_db(fields=["state", "content", "content_sha256", "offered_at", *own])


def transition(text: Agreement | SignedSheet, step: Step, **values: Any) -> None:
    """Take the step by compare-and-swap, with further columns to set. Raises ``WrongState``."""
    rule = TABLE[step]
    rows = type(text).objects.filter(state=text.state)
    if text.state not in rule.before or not swap(text, rows, state=rule.after, **values):
        raise WrongState(_("The text has moved on meanwhile. Please look at how it stands now."))
