"""The agreement's states: which step leads where, who may take it, and the one function that changes state."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pairs.enums import AgreementState as S
from pairs.models import Agreement, Pairing


class Step(StrEnum):
    """What can be done to a version of an agreement."""

    OFFER = "offer"
    TAKE_BACK = "take-back"
    COMPLETE = "complete"
    REVISE = "revise"
    REPLACE = "replace"
    DISCARD = "discard"


@dataclass(frozen=True)
class Rule:
    """From where to where, and who: ``member`` a party of it, ``system`` only as the consequence of another step."""

    before: frozenset[S]
    after: S
    who: str


TABLE: dict[Step, Rule] = {
    Step.OFFER: Rule(frozenset({S.DRAFT}), S.OFFERED, "member"),
    Step.TAKE_BACK: Rule(frozenset({S.OFFERED}), S.DRAFT, "member"),
    Step.COMPLETE: Rule(frozenset({S.OFFERED}), S.SIGNED, "system"),
    Step.REVISE: Rule(frozenset({S.OFFERED}), S.SUPERSEDED, "member"),
    Step.REPLACE: Rule(frozenset({S.SIGNED}), S.SUPERSEDED, "system"),
    Step.DISCARD: Rule(frozenset({S.DRAFT}), S.WITHDRAWN, "member"),
}


class WrongState(Exception):
    """The step cannot be taken from where the agreement stands now: somebody may have been faster."""


def allowed(agreement: Agreement, step: Step) -> bool:
    """Whether the step leads anywhere from here."""
    return agreement.state in TABLE[step].before


def one_at_a_time(pairing: Pairing) -> None:
    """From here to the end of the transaction nobody else takes a step with this pairing's agreement.

    What the partner does in the same moment comes before or after, never between: so there is one next version, and one
    next place in a chain of signatures.
    """
    Pairing.objects.select_for_update(no_key=True).get(pk=pairing.pk)


def hold(agreement: Agreement) -> None:
    """Begin a step: one at a time, and from the version as it stands now."""
    one_at_a_time(agreement.pairing)
    agreement.refresh_from_db(fields=["state", "clauses", "revision", "content", "content_sha256", "offered_at"])


def transition(agreement: Agreement, step: Step, **values: Any) -> None:
    """Take the step by compare-and-swap, with further columns to set. Raises ``WrongState``."""
    rule = TABLE[step]
    rows = Agreement.objects.filter(pk=agreement.pk, state=agreement.state)
    if agreement.state not in rule.before or not rows.update(state=rule.after, **values):
        raise WrongState(f"'{step}' is not possible while the agreement is '{agreement.state}'.")
    agreement.state = rule.after
    for name, value in values.items():
        setattr(agreement, name, value)
