"""Moving answers from one version of a worksheet to the next."""

from collections.abc import Mapping, Sequence
from typing import Any

from templates_app.answers.behaviour import Spot, behaviour_of
from templates_app.answers.chosen import other_key, source_of
from templates_app.answers.context import AnswerContext
from templates_app.answers.level import Answers
from templates_app.answers.linked import vouched_in
from templates_app.answers.raw import is_raw
from templates_app.answers.rows import EXAMPLE, ID, parts_of, parts_within, rows_in
from templates_app.shapes import FieldShape, Kind, Worksheet


def map_answers(
    old: Worksheet,
    new: Worksheet,
    answers: Mapping[str, Any],
    context: AnswerContext | None = None,
) -> tuple[Answers, Answers]:
    """``(mapped, kept_aside)``: what the new version can hold, by key, and what it cannot.

    A field keeps its answer when the answer fits it unchanged, whatever its kind was; of rows each cell is looked at.
    Everything else is kept aside in its old form, so the two together always hold all that was answered.
    ``context`` serves fields whose options the application offers; without it such answers stay as they are.
    """
    context = context or AnswerContext()
    return _map_level(old.fields(), new.fields(), answers, context)


def take_back(new: Worksheet, answers: Mapping[str, Any], kept: Mapping[str, Any]) -> tuple[Answers, Answers]:
    """``(answers, left)``: the answers with what was kept aside and is asked again, and what cannot come back.

    ``kept`` fits the questions of ``new`` (``map_answers``). It comes back where nothing was written meanwhile: to a
    blank question, a blank cell of the same row, a line of a rating grid or a checklist that was left out; what was chosen is
    added, where several may be. What was written meanwhile stands.
    """
    of_several = {shape.key for shape in new.fields() if shape.kind in {Kind.CHOICES, Kind.RANKED} or shape.several}
    merged: Answers = dict(answers)
    left: Answers = {}
    for key, value in kept.items():
        merged[key], rest = _beside(merged.get(key), value, several=key in of_several)
        left |= {key: rest} if rest is not None else {}
    return merged, left


def _beside(here: Any, kept: Any, *, several: bool) -> tuple[Any, Any]:
    """What stands there with what can join it, and what cannot (``None`` for nothing)."""
    if here in (None, "", [], {}):
        return kept, None
    if here == kept:
        return here, None
    if isinstance(here, dict) and isinstance(kept, dict) and not is_raw(here) and not is_raw(kept):
        return {**kept, **here}, {key: part for key, part in kept.items() if here.get(key, part) != part} or None
    if rows_in(here) and rows_in(kept):
        return _rows_beside(rows_in(here), rows_in(kept))
    if several and isinstance(here, list) and isinstance(kept, list):
        return [*here, *(one for one in kept if one not in here)], None
    return here, kept


def _rows_beside(here: Sequence[Answers], kept: Sequence[Answers]) -> tuple[list[Answers], list[Answers] | None]:
    """Cells that are blank in a row are filled; a row that was taken off meanwhile stays off."""
    by_id = {row[ID]: row for row in kept if ID in row}
    merged = [{**by_id.get(row.get(ID), {}), **row} for row in here]
    now = {row.get(ID): row for row in merged}
    left = [row for row in kept if any(now.get(row.get(ID), {}).get(key) != part for key, part in row.items())]
    return merged, left or None


def _map_level(
    old: Sequence[FieldShape], new: Sequence[FieldShape], answers: Mapping[str, Any], context: AnswerContext
) -> tuple[Answers, Answers]:
    before, after = {shape.key: shape for shape in old}, {shape.key: shape for shape in new}
    mapped: Answers = {}
    aside: Answers = {}
    for key, value in answers.items():
        fits, rest = _map_value(before.get(key), after.get(key), value, context)
        mapped |= {key: fits} if fits is not None else {}
        aside |= {key: rest} if rest is not None else {}
    _map_others(after, mapped, aside)
    return mapped, aside


def _map_value(old: FieldShape | None, new: FieldShape | None, value: Any, context: AnswerContext) -> tuple[Any, Any]:
    """What of a value fits the new field and what does not, either of them None."""
    if new is None:
        return None, value
    if old and parts_within(old) and parts_within(new) and rows_in(value):
        fits, rest = _map_rows(old, new, value, context)
        return fits or None, rest or None
    if old and old.kind == new.kind and source_of(old) == source_of(new) != "":
        return value, None
    whole = _fitting(old, new, value, context)
    if whole is not None:
        return whole, None
    return _map_pieces(old, new, value, context)


def _map_pieces(old: FieldShape | None, new: FieldShape, value: Any, context: AnswerContext) -> tuple[Any, Any]:
    """Row by row of a rating grid, line by line of a checklist, option by option of a choice."""
    if isinstance(value, dict) and not is_raw(value) and new.kind in {Kind.MATRIX, Kind.CHECKLIST}:
        kept = {key: part for key, part in value.items() if _fitting(old, new, {key: part}, context)}
        return kept or None, {key: part for key, part in value.items() if key not in kept} or None
    if isinstance(value, list) and new.kind in {Kind.CHOICES, Kind.RANKED, Kind.PICTURE}:
        known = [part for part in value if _fitting(old, new, [part], context)]
        return known or None, [part for part in value if part not in known] or None
    return None, value


def _fitting(old: FieldShape | None, new: FieldShape, value: Any, context: AnswerContext) -> Any:
    """The value in the new field's form if nothing of it is lost there and it is no more faulty than before, else None."""
    kept, faults = _looked_at(new, value, context)
    known = _looked_at(old, value, context)[1] if old and old.kind == new.kind else set()
    if kept is None or faults - known:
        return None
    unchanged = kept in (value, [value]) or (not isinstance(kept, list | dict) and str(kept) == str(value))
    return kept if unchanged else None


def _looked_at(shape: FieldShape, value: Any, context: AnswerContext) -> tuple[Any, set[str]]:
    spot = Spot(context, "draft", vouched=vouched_in(value))
    kept = behaviour_of(shape).check(shape, value, spot)
    return kept, set(spot.faults)


def _map_rows(
    old: FieldShape, new: FieldShape, value: Any, context: AnswerContext
) -> tuple[list[Answers], list[Answers]]:
    fits, rest = [], []
    for row in rows_in(value):
        marks = {key: row[key] for key in (ID, EXAMPLE) if key in row}
        level = {key: part for key, part in row.items() if key not in marks}
        mapped, aside = _map_level(parts_of(old), parts_of(new), level, context)
        if mapped or not level:
            fits.append(marks | mapped)
        if aside:
            rest.append(marks | aside)
    return fits, rest


def _map_others(after: Mapping[str, FieldShape], mapped: Answers, aside: Answers) -> None:
    """Bring the words of an 'other' after their answer."""
    for shape in after.values():
        words = other_key(shape)
        if words in aside and shape.other:
            mapped[words] = aside.pop(words)
