"""How long confidential records are kept, and who looks after that."""

from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from templates_app.shapes.base import Sourced


class RecordKind(StrEnum):
    """A kind of confidential record that a programme keeps."""

    CONCERNS = "concerns"
    ISSUES = "issues"
    OWN_SHEETS = "own-sheets"
    MANAGER_WORDS = "manager-words"
    PRIVATE_SHEETS = "private-sheets"
    PAIR_SHEETS = "pair-sheets"
    FILES = "files"
    APPLICATIONS = "applications"
    AGREEMENTS = "agreements"
    EVALUATIONS = "evaluations"


OF_PAIRS = frozenset(
    {
        RecordKind.PRIVATE_SHEETS,
        RecordKind.PAIR_SHEETS,
        RecordKind.FILES,
        RecordKind.AGREEMENTS,
        RecordKind.EVALUATIONS,
    }
)
"""What hangs on a pairing, and may be counted from its end."""


class Retention(Sourced):
    """How long one kind of record is kept."""

    kind: RecordKind
    months: int | None = Field(default=None, ge=0, le=1200)
    """So many calendar months after ``since``; empty: no period is set, and nothing falls due."""
    since: Literal["ended", "cohort-end"] = "cohort-end"
    """Counted from the pairing's end, or from the cohort's last day."""
    words: str = ""
    """The rule in the organisation's own words: where it comes from, what holds it up."""

    @model_validator(mode="after")
    def _hangs_on_a_pairing(self) -> "Retention":
        if self.since == "ended" and self.kind not in OF_PAIRS:
            raise ValueError(f"'{self.kind}' hang on no pairing: say 'since: cohort-end'")
        return self


class Records(Sourced):
    """The list of confidential records: rules by kind. The organisation's admins always see it (``sssc.must.71``)."""

    words: str = ""
    """Stands above the list: what the organisation's policy says."""
    coordinators: bool = False
    """The programme's coordinators see it too, set its periods, and delete what is due."""
    rules: list[Retention] = []

    @model_validator(mode="after")
    def _once_each(self) -> "Records":
        kinds = [rule.kind for rule in self.rules]
        if len(set(kinds)) < len(kinds):
            raise ValueError("a kind of record has two rules")
        return self

    def rule(self, kind: RecordKind) -> Retention:
        """The rule for a kind; without a period where none is said."""
        found = next((rule for rule in self.rules if rule.kind == kind), None)
        return found or Retention(kind=kind, since="ended" if kind in OF_PAIRS else "cohort-end", ours=True)
