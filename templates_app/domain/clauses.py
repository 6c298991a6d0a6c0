"""An agreement's clauses in the groups in which they stand: its titled parts, or what stands first and then the code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from templates_app.shapes import Agreement


@dataclass(frozen=True)
class ClauseGroup:
    """Clauses under one heading. ``marks`` says what stands before each: a number, a letter, or a bullet."""

    title: str
    text: str
    marks: str
    clauses: list[Any]


def in_groups(
    parts: Sequence[Mapping[str, Any]], scope: Sequence[Any], clauses: Sequence[Any], titles: tuple[str, str]
) -> list[ClauseGroup]:
    """The clauses in their groups; ``titles`` are the headings of the two that there are without parts. Empty ones too."""
    if not parts:
        return [ClauseGroup(titles[0], "", "bullets", [*scope]), ClauseGroup(titles[1], "", "numbered", [*clauses])]
    keys = {part["key"] for part in parts}
    rest = [*scope, *(one for one in clauses if _part_of(one) not in keys)]
    found = [
        ClauseGroup(
            part["title"], part["text"], part["marks"], [one for one in clauses if _part_of(one) == part["key"]]
        )
        for part in parts
    ]
    return [*found, ClauseGroup(_("Clauses of your own"), "", "numbered", rest)] if rest else found


def _part_of(clause: Any) -> str | None:
    return clause.get("part") if isinstance(clause, dict) else clause.part


def groups_of(agreement: Agreement, clauses_of: Any = list) -> list[ClauseGroup]:
    """A handbook's clauses in their groups; ``clauses_of`` may leave some of them out."""
    parts = [part.model_dump() for part in agreement.parts]
    titles = (agreement.scope_title, agreement.clauses_title)
    return in_groups(parts, clauses_of(agreement.scope), clauses_of(agreement.clauses), titles)
