"""How a goal was put and how it is put now, where a handbook has goals put differently; and what its questions are called."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pairs.domain.goal_rows import level_of, lists_in
from pairs.domain.goal_words import written_parts
from pairs.domain.reading import Reader
from pairs.enums import GoalLevel
from pairs.models import GoalChange
from templates_app.answers.rows import parts_of
from templates_app.shapes import FieldShape, Kind, Meaning

ListKey = tuple[str, str, str]
"""(Worksheet, question, level)."""


@dataclass
class Asked:
    """What a list of goals asks, in the handbook's present words."""

    labels: dict[str, str] = field(default_factory=dict)
    reworded: str = ""
    """Key of the question in which something is put differently; empty where there is none."""
    proposed_by: str = ""
    """Key of the question who proposed it."""


@dataclass(frozen=True)
class Wording:
    """One way in which a goal was put."""

    words: str
    who: str
    """Whose words they are; for other words, who proposed them."""
    day: str


@dataclass(frozen=True)
class Reworded:
    """The last two wordings of a goal (``phase1.must.50``)."""

    before: Wording
    now: Wording


def asked_in_lists(reader: Reader) -> dict[ListKey, Asked]:
    """What every list of goals of the handbook asks, by worksheet, question and level."""
    found: dict[ListKey, Asked] = {}
    for sheet in reader.worksheets.values():
        for top in sheet.fields():
            for one in lists_in(top) if top.kind is Kind.GOAL else ():
                level = level_of(one) or GoalLevel.GOAL
                _ask(found.setdefault((sheet.key, top.key, str(level)), Asked()), one)
    return found


def _ask(asked: Asked, one: FieldShape) -> None:
    asked.labels |= {part.key: part.label for part in written_parts(one) or parts_of(one)}
    for part in parts_of(one):
        if part.meaning is Meaning.REWORDED:
            asked.reworded = part.key
        if part.meaning is Meaning.PROPOSED_BY:
            asked.proposed_by = part.key


def reworded(
    changes: Sequence[GoalChange], asked: Asked, told: Callable[[GoalChange], tuple[str, str]]
) -> Reworded | None:
    """The last two wordings, where the handbook asks for other words and there are two. ``changes`` are the oldest first;
    ``told`` says who wrote one, and on which day.
    """
    if not asked.reworded:
        return None
    found: list[Wording] = []
    plain, other = "", ""
    for change in changes:  # each has all the words of its day: new are those that differ from their own last ones
        who, day = told(change)
        written, put = _as_written(change, asked), change.words.get(asked.reworded, "")
        if written != plain:
            found.append(Wording(written, who, day))
        if put and put != other:
            found.append(Wording(put, change.words.get(asked.proposed_by) or who, day))
        plain, other = written, put
    return Reworded(*found[-2:]) if len(found) > 1 else None


def _as_written(change: GoalChange, asked: Asked) -> str:
    """The goal's own words, without those in which it is put differently."""
    apart = {asked.reworded, asked.proposed_by}
    return "\n".join(change.words[key] for key in asked.labels if key not in apart and change.words.get(key))
