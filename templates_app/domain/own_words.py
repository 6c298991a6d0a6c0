"""A kit said in an organisation's own words, when a programme's handbook is begun from it."""

from typing import Any, Literal, TypeVar, get_args, get_origin

from pydantic.fields import FieldInfo

from mentoring.words.saying import say
from mentoring.words.terms import Words
from templates_app.shapes.base import Shape

AnyShape = TypeVar("AnyShape", bound=Shape)

TEXTS = frozenset(
    {
        *("advice", "answers", "asks", "at_closure", "audience", "begins", "body", "caution", "clauses_title"),
        *("code_title", "definition", "done_when", "examples", "feedback", "group", "help", "high_label"),
        *("intro", "keeper", "label", "label_for", "low_label", "meaning", "mentee", "mentor", "note", "purpose"),
        *("question", "rights", "scope_title", "statement", "subject", "summary"),
        *("term", "text", "title", "unless", "values", "when", "why"),
        *("why_code", "words"),
    }
)
"""The names of what people read. All other strings are keys, addresses, names of what the application knows, and names."""


def in_own_words(shape: AnyShape, words: Words) -> AnyShape:
    """The same kit, or part of one, with its texts said in ``words``. Keys and sources stay."""
    if not words:
        return shape
    fields = type(shape).model_fields.items()
    said = {name: _said(getattr(shape, name), words, name in TEXTS and not _is_named(field)) for name, field in fields}
    return shape.model_copy(update=said)


def _is_named(field: FieldInfo) -> bool:
    """Whether the values have been named beforehand, as a survey's ``audience`` has."""
    return any(get_origin(part) is Literal for part in get_args(field.annotation))


def _said(value: Any, words: Words, is_text: bool) -> Any:
    if isinstance(value, Shape):
        return in_own_words(value, words)
    if isinstance(value, list):
        return [_said(item, words, is_text) for item in value]
    if isinstance(value, dict):
        return {key: _said(item, words, is_text) for key, item in value.items()}
    return say(value, words) if is_text and type(value) is str else value
