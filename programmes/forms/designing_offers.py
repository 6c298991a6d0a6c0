"""What a question is offered depends on where it stands: nothing is, that would be passed over there."""

from collections.abc import Iterable
from typing import Any

from programmes.domain.designing.places import Definition, Spot
from programmes.forms.designing_lines import Of
from programmes.forms.designing_settings import WRITERS
from templates_app.domain.kits import AGREEMENT_KEY
from templates_app.shapes import Filler, Kind, Meaning, Use

Choices = list[tuple[str, Any]]


def is_of_goals(spot: Spot) -> bool:
    """Whether rows of the question can become something on the page of goals: it asks for goals, or stands inside one."""
    inside_goal = any(Kind(one["kind"]) is Kind.GOAL for one in spot.parents)
    return Kind(spot.field["kind"]) is Kind.GOAL or inside_goal or bool(spot.field.get("level"))


def tells_of(definition: Definition, spot: Spot) -> Of:
    """What an answer to the question may tell: the state of something, or how often its writer looks at it again."""
    if is_of_goals(spot):
        return "goal"
    if spot.field.get("meaning") == Meaning.FORM:
        return "form"
    if spot.field.get("meaning") == Meaning.LOOK_AGAIN:
        return "again"
    return "homework" if definition.get("use") == Use.HOMEWORK and not spot.parents else ""


def has_no_effect(name: str, definition: Definition, spot: Spot) -> bool:
    """Whether a setting would be passed over. What stands is shown all the same, so that it can be taken out."""
    of_agreement = definition.get("key") == AGREEMENT_KEY
    if name == "begins":
        return not spot.field.get(name) and not (of_agreement and not spot.parents)
    if name == "level":
        return not is_of_goals(spot)
    if name == "beside":
        return not spot.field.get(name) and not reads_beside(definition, spot)
    apart = bool(spot.parents) or of_agreement
    return name in {"totalled", "coded"} and apart and not spot.field.get(name)


def writers_of(definition: Definition, spot: Spot) -> tuple[str, ...]:
    """The sides to which the question may be given: what is asked on the sheet itself, and on a sheet that both write a single
    column of a table with fixed lines, where no side writes the table as a whole.
    """
    if not spot.parents:
        return WRITERS.get(definition.get("filled_by"), ())
    table, *inside = spot.parents
    fixed = not inside and table["kind"] == Kind.TABLE and bool(table.get("items"))
    sides = {table.get("by", ""), spot.section.get("by", "")} - {"", "each"}
    both = definition.get("filled_by") == Filler.TOGETHER and (table.get("by") == "each" or not sides)
    return ("mentor", "mentee") if fixed and both else ()


def reads_beside(definition: Definition, spot: Spot) -> bool:
    """Whether something is shown beside the question: of what a pair writes, on the sheet itself."""
    of_pair = definition.get("belongs", "pair") == "pair" and definition.get("key") != AGREEMENT_KEY
    return of_pair and not spot.parents and definition.get("filled_by") not in {Filler.COORDINATOR, Filler.SUPERVISOR}


def known_here(choices: Iterable[tuple[str, Any]], definition: Definition, spot: Spot) -> Choices:
    """The first answers that the application knows here: what was counted over a period only on a programme's own sheet."""
    counts = definition.get("filled_by") == Filler.COORDINATOR and not spot.parents
    stands = spot.field.get("prefill")
    return [one for one in choices if counts or one[0] == stands or not one[0].startswith("period.")]
