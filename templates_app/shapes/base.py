"""What every shape is made of: keys, sources, and the refusal of what is not known."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
"""A stable name inside its parent: lower case, digits, underscore. Renaming a label never touches it."""

KitKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
"""The stable name of a kit, a worksheet, a stage or an article: lower case, digits, hyphen."""


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Source = Annotated[
    list[str],
    BeforeValidator(_as_list),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""Ids of the catalogue this item stands for; one id may be written without brackets."""


class Shape(BaseModel):
    """Base of every shape: unknown keys are a fault, so that a typing error never passes in silence."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Sourced(Shape):
    """Something that stands for items of a catalogue, or is marked as ours.

    ``ours`` holds for everything inside the item too, but for what names a source of its own.
    """

    source: Source = []
    ours: bool = False
