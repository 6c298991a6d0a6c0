"""Two texts of one sheet made into one, question by question."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from templates_app.answers import is_raw
from templates_app.answers.chosen import other_key
from templates_app.answers.rows import ID, parts_within
from templates_app.domain.responses import Answers
from templates_app.shapes import FieldShape, Kind, Worksheet

_WORDS = {Kind.LONGTEXT: "\n\n", Kind.TEXT: " / "}
"""Kinds whose two texts can stand one after the other, and what stands between them."""


class Choice(StrEnum):
    """Which of two answers is taken."""

    STANDING = "standing"
    MINE = "mine"
    BOTH = "both"


@dataclass(frozen=True)
class Difference:
    """A question that two texts answer differently. ``both``: the answers can be taken together. ``best``: a proposal."""

    key: str
    both: bool
    best: Choice


def differences(worksheet: Worksheet, standing: Mapping[str, Any], mine: Mapping[str, Any]) -> list[Difference]:
    """The questions answered differently, in the sheet's order.

    Proposed is what loses nothing: the only answer there is, both where they can be joined, else one's own.
    """
    found = []
    for shape in worksheet.fields():
        one, two = _answer(shape, standing), _answer(shape, mine)
        if one == two:
            continue
        both = bool(one and two) and _can_join(shape, one[shape.key], two[shape.key])
        best = Choice.BOTH if both else Choice.MINE if two else Choice.STANDING
        found.append(Difference(shape.key, both, best))
    return found


def merged(
    worksheet: Worksheet, standing: Mapping[str, Any], mine: Mapping[str, Any], chosen: Mapping[str, Choice]
) -> Answers:
    """One set of answers; a question that nothing was chosen for takes the proposal."""
    proposed = {difference.key: difference.best for difference in differences(worksheet, standing, mine)}
    result = dict(standing)
    for shape in worksheet.fields():
        choice = chosen.get(shape.key, proposed.get(shape.key)) if shape.key in proposed else Choice.STANDING
        if choice == Choice.STANDING:
            continue
        for key in (shape.key, other_key(shape)):
            result.pop(key, None)
        result |= _answer(shape, mine) if choice == Choice.MINE else _joined(shape, standing, mine)
    return result


def _answer(shape: FieldShape, answers: Mapping[str, Any]) -> Answers:
    """A question's answer with the words of its 'other'; nothing where it is blank."""
    return {key: answers[key] for key in (shape.key, other_key(shape)) if key in answers}


def _can_join(shape: FieldShape, one: Any, two: Any) -> bool:
    if is_raw(one) or is_raw(two):
        return False
    if parts_within(shape):
        return not shape.items
    return shape.kind in _WORDS or shape.kind is Kind.CHECKLIST


def _joined(shape: FieldShape, standing: Mapping[str, Any], mine: Mapping[str, Any]) -> Answers:
    one, two = standing.get(shape.key), mine.get(shape.key)
    if one is None or two is None or not _can_join(shape, one, two):
        return _answer(shape, mine) or _answer(shape, standing)
    if parts_within(shape):
        return {shape.key: [*one, *_rows_to_add(one, two)]}
    if shape.kind is Kind.CHECKLIST:
        return {shape.key: {key: _line(one.get(key), two.get(key)) for key in [*one, *(two.keys() - one.keys())]}}
    return {shape.key: f"{one}{_WORDS[shape.kind]}{two}"}


def _rows_to_add(one: list[Any], two: list[Any]) -> list[Any]:
    """The rows of the second list that the first does not hold word for word. One that differs comes as a row of its own."""
    ids = {row.get(ID) for row in one if isinstance(row, dict)}
    fresh = [row for row in two if isinstance(row, dict) and row not in one]
    return [{key: value for key, value in row.items() if key != ID} if row.get(ID) in ids else row for row in fresh]


def _line(one: Any, two: Any) -> dict[str, Any]:
    """A line of a checklist: ticked where either ticked it, with both notes where they differ."""
    lines = [line for line in (one, two) if isinstance(line, dict)]
    notes = list(dict.fromkeys(str(line["note"]) for line in lines if line.get("note")))
    joined = {"done": any(line.get("done") is True for line in lines)}
    return joined | ({"note": " / ".join(notes)} if notes else {})
