"""Answers by which somebody agrees to something, as the page of a worksheet's facts asks for them: ticks, each an answer of one
question.
"""

from collections.abc import Mapping
from typing import Any

from programmes.domain.designing.places import Definition, Field, label_of, spots
from templates_app.shapes import Kind

ANY = "?"
"""Stands for any answer of a question, where a handbook's files say so."""


def choices_in(definition: Definition) -> list[Field]:
    """Questions of the sheet itself with one answer of several, which are asked."""
    return [one for one in asked_in(definition) if one["kind"] == Kind.CHOICE and one.get("options")]


def asked_in(definition: Definition) -> list[Field]:
    """All questions of the sheet itself that are asked."""
    return [spot.field for spot in spots(definition) if not spot.parents and not spot.field.get("hidden")]


def answers_in(definition: Definition) -> list[tuple[str, Any]]:
    """Each answer of these, as a tick calls it: ``question=answer``."""
    return [
        (f"{field['key']}={option['key']}", f"{label_of(field)} – {option['label']}")
        for field in choices_in(definition)
        for option in field["options"]
    ]


def names_of(when: Mapping[str, Any] | None) -> list[str]:
    """The ticks of a condition as it stands."""
    if when and not when.get("is_in"):
        return [f"{when['field']}={ANY}"]
    return [f"{when['field']}={answer}" for answer in (when or {}).get("is_in", [])]


def are_of_several(chosen: list[str]) -> bool:
    """Whether answers of more than one question are ticked."""
    return len({one.partition("=")[0] for one in chosen}) > 1


def rule_of(chosen: list[str], stands: Mapping[str, Any] | None) -> dict[str, Any]:
    """What is ticked as the shapes have it; what stands and is ticked again stays as it is written."""
    if stands and chosen == names_of(stands):
        return dict(stands)
    parted = [one.partition("=") for one in chosen]
    given = [answer for _field, _sign, answer in parted]
    return {"field": parted[0][0], **({"filled": True} if ANY in given else {"is_in": given})}
