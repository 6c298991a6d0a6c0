"""Cells of a table as first answers of somebody's profile."""

import re
from collections.abc import Mapping
from typing import Any

from programmes.domain.importing.persons import Person
from programmes.domain.importing.targets import Profile, folded
from templates_app.answers import AnswerContext, Choice
from templates_app.answers.chosen import OTHER, options_of, other_key
from templates_app.shapes import FieldShape, Kind

_STRONG = re.compile(r"[;|\n]")
_WEAK = re.compile(r"[;|\n,]")


def profile_answers(person: Person, profile: Profile, context: AnswerContext) -> dict[str, Any]:
    """The answers that a row gives, by question. Options are found by their words; what is none becomes "other".

    They are a draft: the person reads and sends them. Nobody's consent is among them.
    """
    answers: dict[str, Any] = {}
    for key, text in person.profile.items():
        shape = profile.field(key, person.side)
        if shape is not None:
            answers |= _answer(shape, text, context)
    return answers


def _answer(shape: FieldShape, text: str, context: AnswerContext) -> Mapping[str, Any]:
    if shape.kind is Kind.CHOICES:
        return _several(shape, text, context)
    if shape.kind is Kind.CHOICE:
        return _one(shape, text, context)
    return {shape.key: text}


def _several(shape: FieldShape, text: str, context: AnswerContext) -> dict[str, Any]:
    known = _by_words(options_of(shape, context))
    parts = [part.strip() for part in (_STRONG if _STRONG.search(text) else _WEAK).split(text) if part.strip()]
    chosen = [known[folded(part)] for part in parts if folded(part) in known]
    others = [part for part in parts if folded(part) not in known]
    if not others:
        return {shape.key: chosen}
    if shape.other:
        return {shape.key: [*chosen, OTHER], other_key(shape): "; ".join(others)}
    return {shape.key: [*chosen, *others]}  # a draft keeps what it does not understand, for the person to mend


def _one(shape: FieldShape, text: str, context: AnswerContext) -> dict[str, Any]:
    known = _by_words(options_of(shape, context))
    if folded(text) in known:
        return {shape.key: known[folded(text)]}
    if shape.other:
        return {shape.key: OTHER, other_key(shape): text}
    return {shape.key: text}


def _by_words(options: list[Choice]) -> dict[str, str]:
    return {folded(word): option.key for option in options for word in (option.key, option.label)}
