"""Changing one item of a list: a resource, a clause, a reminder."""

import re
from typing import Any

from django.db import transaction

from mentoring.accounts.models import User
from programmes.domain.handbook.editing import StaleEdit, locked, write_part
from programmes.domain.handbook.parts import ListPart, fingerprint, value_at
from programmes.models import HandbookEdit, Programme

Item = dict[str, Any]


def items_of(programme: Programme, part: ListPart) -> list[Item]:
    """The items of a list as they stand."""
    return value_at(programme.handbook.content, part.name)


def item_of(programme: Programme, part: ListPart, key: str) -> Item | None:
    """One item by its key, as an address writes it."""
    return next((item for item in items_of(programme, part) if address_of(part, item) == key), None)


def address_of(part: ListPart, item: Item) -> str:
    """An item's key as an address writes it."""
    return re.sub(r"[^\w-]+", "-", str(item[part.key])).strip("-").casefold()


@transaction.atomic
def change_item(
    *, programme: Programme, part: ListPart, key: str, values: dict[str, Any], base: str, actor: User
) -> HandbookEdit | None:
    """Set some fields of an item. ``base`` is the fingerprint of the item that the change started from.

    Returns ``None`` when nothing changed. Raises ``StaleEdit`` when it reads differently now or is gone, and ``NotSound``.
    """
    handbook = locked(programme)
    items = value_at(handbook.content, part.name)
    found = next((item for item in items if address_of(part, item) == key), None)
    if found is None or fingerprint(found) != base:
        raise StaleEdit(found)
    changed = [{**item, **_written(item, values)} if item is found else item for item in items]
    return write_part(programme, handbook, part.name, changed, actor)


@transaction.atomic
def add_item(*, programme: Programme, part: ListPart, values: dict[str, Any], actor: User) -> HandbookEdit | None:
    """Add an item of the programme's own at the end of a list. Raises ``NotSound``."""
    handbook = locked(programme)
    items = value_at(handbook.content, part.name)
    item = {"ours": True, **_written({}, values)}
    if part.key not in item:
        item[part.key] = _new_key(part, items, str(values[part.shown]))
    return write_part(programme, handbook, part.name, [*items, item], actor)


@transaction.atomic
def remove_item(*, programme: Programme, part: ListPart, key: str, actor: User) -> HandbookEdit | None:
    """Take an item out. Raises ``NotSound`` where something else needs it, ``StaleEdit`` when it is gone."""
    handbook = locked(programme)
    items = value_at(handbook.content, part.name)
    kept = [item for item in items if address_of(part, item) != key]
    if len(kept) == len(items):
        raise StaleEdit(None)
    return write_part(programme, handbook, part.name, kept, actor)


def _written(item: Item, values: dict[str, Any]) -> Item:
    """Values as the shapes want them; lettered parts keep their keys and sources by their place."""
    if "parts" not in values:
        return values
    old = item.get("parts", [])
    parts = [
        {**old[index], "text": text} if index < len(old) else {"key": f"part_{index + 1}", "text": text, "ours": True}
        for index, text in enumerate(values["parts"])
    ]
    return {**values, "parts": parts}


def _new_key(part: ListPart, items: list[Item], words: str) -> str:
    """A key that no item has, made of the words' first letters that a key may hold."""
    joint = "-" if part.name in {"policies", "resources"} else "_"
    stem = re.sub(r"[^a-z0-9]+", joint, words.casefold())[:40].strip(joint)
    stem = stem if stem[:1].isalpha() else f"own{joint}{stem}".rstrip(joint)
    taken = {str(item[part.key]) for item in items}
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}{joint}{number}"
    return key
