"""One level of questions with its answers: the whole worksheet, or one row of a table or group.

Rows hold levels and levels hold rows, so everything here works at any depth.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from templates_app.answers.behaviour import MISSING, Column, Spot, behaviour_of
from templates_app.answers.chosen import OTHER, other_key
from templates_app.answers.context import AnswerContext
from templates_app.answers.drawn import drawn
from templates_app.answers.raw import is_raw, raw_words
from templates_app.answers.shown import Shown, ShownAnswer
from templates_app.answers.sides import writer_words
from templates_app.answers.silent import compute
from templates_app.answers.written import Text
from templates_app.shapes import FieldShape, Kind, Need, ShowIf

Answers = dict[str, Any]

_OTHER = FieldShape(key=OTHER, kind=Kind.TEXT, label=OTHER)
_WORDS = Text()


# --- Which questions are asked --------------------------------------------------------------------------------------


def asked_keys(shapes: Sequence[FieldShape], answers: Mapping[str, Any]) -> set[str]:
    """Keys of the fields that are asked, given the answers of their level. A field hangs on what is itself asked."""
    by_key = {shape.key: shape for shape in shapes}
    return {key for key in by_key if _is_asked(key, by_key, answers, frozenset())}


def _is_asked(key: str, by_key: Mapping[str, FieldShape], answers: Mapping[str, Any], above: frozenset[str]) -> bool:
    condition = by_key[key].show_if
    if condition is None or condition.field in above or condition.field not in by_key:
        return True  # no condition, or one that could never be met: better asked than lost
    shape = by_key[condition.field]
    held: list[Any] = []
    if _is_asked(condition.field, by_key, answers, above | {key}):
        held = behaviour_of(shape).held(shape, answers.get(condition.field))
    return condition_met(condition, held)


def condition_met(condition: ShowIf, held: list[Any]) -> bool:
    """Whether the values that a field holds meet a condition on it."""
    if condition.filled is not None and bool(held) is not condition.filled:
        return False
    wanted = {str(value) for value in condition.is_in}
    return not wanted or any(str(value) in wanted for value in held)


# --- Checking -------------------------------------------------------------------------------------------------------


def check_level(shapes: Sequence[FieldShape], answers: Mapping[str, Any], spot: Spot) -> Answers:
    """Clean every answer of a level. On sending, what is not asked is dropped and what is wanted is demanded.

    Keys that no field has are kept in a draft and dropped on sending.
    """
    found = {shape.key: spot.at(shape.key).apart() for shape in shapes}
    values = {shape.key: behaviour_of(shape).check(shape, answers.get(shape.key), found[shape.key]) for shape in shapes}
    asked = asked_keys(shapes, values)
    kept: Answers = {} if spot.submitting else strangers(shapes, answers)
    for shape in shapes:
        if shape.key in asked:
            spot.take(found[shape.key])
            _keep_asked(shape, values[shape.key], answers, kept, spot)
        elif not spot.submitting:
            _keep(kept, shape.key, values[shape.key])
            _keep(kept, other_key(shape), answers.get(other_key(shape)))
    return kept


def _keep_asked(shape: FieldShape, value: Any, answers: Mapping[str, Any], kept: Answers, spot: Spot) -> None:
    _keep(kept, shape.key, value)
    if shape.other:
        _check_other(shape, value, answers.get(other_key(shape)), kept, spot)
    if spot.submitting:
        behaviour_of(shape).demand(shape, value, spot.at(shape.key))


def _check_other(shape: FieldShape, value: Any, typed: Any, kept: Answers, spot: Spot) -> None:
    """The words of an 'other': wanted when it is chosen; kept in a draft, dropped on sending, when it is not."""
    here = spot.at(other_key(shape))
    chosen = value == OTHER or (isinstance(value, list) and OTHER in value)
    words = _WORDS.check(_OTHER, typed, here)
    if spot.submitting and chosen and not words:
        (here.fault if shape.need is Need.MUST else here.warn)(_("Say which other you mean."))
    if chosen or not spot.submitting:
        _keep(kept, other_key(shape), words)


def strangers(shapes: Sequence[FieldShape], answers: Mapping[str, Any]) -> Answers:
    """The answers on a level that belong to none of its fields: left by another version, and not ours to drop."""
    known = {shape.key for shape in shapes} | {other_key(shape) for shape in shapes}
    return {key: value for key, value in answers.items() if key not in known and not key.startswith("_")}


def _keep(kept: Answers, key: str, value: Any) -> None:
    if value is not None:
        kept[key] = value


def is_level_blank(shapes: Iterable[FieldShape], answers: Mapping[str, Any]) -> bool:
    """Whether nothing at all is answered on a level."""
    return all(
        behaviour_of(shape).is_blank(shape, answers.get(shape.key)) and not answers.get(other_key(shape))
        for shape in shapes
    )


# --- Splitting ------------------------------------------------------------------------------------------------------


def split_level(shapes: Sequence[FieldShape], answers: Mapping[str, Any]) -> tuple[Answers, Answers]:
    """The plain and the written half of a level. Whatever no field of the level knows counts as written."""
    facts: Answers = {}
    texts: Answers = {}
    by_key = {shape.key: shape for shape in shapes}
    for key, value in answers.items():
        shape = by_key.get(key)
        fact, text = behaviour_of(shape).split(shape, value) if shape else (MISSING, value)
        if fact is not MISSING:
            facts[key] = fact
        if text is not MISSING:
            texts[key] = text
    return facts, texts


# --- Showing --------------------------------------------------------------------------------------------------------


def show_level(shapes: Sequence[FieldShape], answers: Mapping[str, Any], context: AnswerContext) -> list[ShownAnswer]:
    """The asked questions of a level with their answers, readable. An unmet condition hides its question."""
    asked = asked_keys(shapes, answers)
    return [show_answer(shape, answers, context) for shape in shapes if shape.key in asked]


def show_answer(shape: FieldShape, answers: Mapping[str, Any], context: AnswerContext) -> ShownAnswer:
    """One question with its answer."""
    behaviour = behaviour_of(shape)
    if shape.layers:
        shown = drawn(shape, answers)
        return ShownAnswer(shape.key, shape.kind, shape.label, shown, blank=not shown.text, common=shape.label)
    value = compute(shape, answers, context) if shape.kind is Kind.COMPUTED else answers.get(shape.key)
    blank = behaviour.asks and behaviour.is_blank(shape, value)
    shown = Shown() if value is None and behaviour.asks else behaviour.show(shape, value, context)
    words = raw_words(answers.get(other_key(shape))) if shape.other else ""
    return ShownAnswer(
        key=shape.key,
        kind=shape.kind,
        label=shape.label_to(context.side),
        shown=_with_other(shown, words) if words else shown,
        blank=blank and not words,
        doubtful=is_raw(value),
        by=writer_words(shape),
        common=shape.label,
        readers=shape.readers or "",
    )


def _with_other(shown: Shown, words: str) -> Shown:
    """What was chosen, with the words of an 'other', which is always the last of the options."""
    told = f"{shown.text}: {words}" if shown.text else words
    if not shown.lines:
        return Shown(text=told)
    last = shown.lines[-1]
    return Shown(text=told, lines=(*shown.lines[:-1], type(last)(last.label, words)))


# --- Wide tables ----------------------------------------------------------------------------------------------------


def columns_of(shapes: Sequence[FieldShape], prefix: str, title: str, levels: list[Answers]) -> list[Column]:
    """The columns of a level, wide enough for all the given answers of it."""
    columns: list[Column] = []
    for shape in shapes:
        values = [level[shape.key] for level in levels if shape.key in level]
        label = f"{title} · {shape.label}" if title else shape.label
        columns += behaviour_of(shape).columns(shape, prefix + shape.key, label, values)
        if shape.other:
            columns.append(Column(prefix + other_key(shape), f"{label}: {_('Other, in words')}"))
    return columns


def cells_of(shapes: Sequence[FieldShape], prefix: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What a level puts into its columns; nothing for what was not answered."""
    cells: dict[str, Any] = {}
    for shape in shapes:
        value = answers.get(shape.key)
        if value is not None:
            cells |= behaviour_of(shape).cells(shape, prefix + shape.key, value)
        if words := raw_words(answers.get(other_key(shape))):
            cells[prefix + other_key(shape)] = words
    return cells
