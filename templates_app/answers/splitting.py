"""The two halves of answers: facts, kept plain for reports, and texts, kept encrypted."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from templates_app.answers.level import Answers, split_level
from templates_app.shapes import FieldShape


def split(fields: Sequence[FieldShape], answers: Mapping[str, Any]) -> tuple[Answers, Answers]:
    """``(facts, texts)``: choices, scales, figures, days, ticks and row names in one, all that was written in the other.

    A value goes to the facts only when it has exactly the form that its kind's clean values have; anything else,
    understood or not, counts as written. ``join`` makes the answers whole again.
    """
    return split_level(fields, answers)


def join(facts: Mapping[str, Any], texts: Mapping[str, Any]) -> Answers:
    """The answers whose halves these are."""
    return _joined(dict(facts), dict(texts))


def _joined(fact: Any, text: Any) -> Any:
    if isinstance(fact, dict) and isinstance(text, dict):
        both = {key: _joined(fact[key], text[key]) for key in fact.keys() & text.keys()}
        return {**fact, **text, **both}
    if isinstance(fact, list) and isinstance(text, list):
        nothing: dict[str, Any] = {}
        return [_joined(plain, written) for plain, written in zip_longest(fact, text, fillvalue=nothing)]
    return text
