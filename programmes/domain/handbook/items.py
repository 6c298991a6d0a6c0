"""Changing one item of a list: a resource, a clause, a session."""

import re
from typing import Any

from django.db import transaction

from mentoring.accounts.models import User
from programmes.domain.handbook.course import (
    SESSIONS,
    with_session,
    with_sessions_swapped,
    without_session,
    write_sessions,
)
from programmes.domain.handbook.editing import StaleEdit, locked, write_part
from programmes.domain.handbook.parts import ListPart, fingerprint, value_at
from programmes.domain.handbook.putting import new_key, put
from programmes.models import HandbookEdit, Programme
from templates_app.models import Handbook

Item = dict[str, Any]
STAGES = "stages"


def items_of(programme: Programme, part: ListPart) -> list[Item]:
    """The items of a list as they stand."""
    return value_at(programme.handbook.content, part.name)


def item_of(programme: Programme, part: ListPart, key: str) -> Item | None:
    """One item by its key, as an address writes it."""
    items = items_of(programme, part)
    return next((item for index, item in enumerate(items) if address_of(part, item, index) == key), None)


def address_of(part: ListPart, item: Item, index: int = 0) -> str:
    """An item's key as an address writes it; its place, counted from 1, where it has no key."""
    if not part.key:
        return str(index + 1)
    return re.sub(r"[^\w-]+", "-", str(item[part.key])).strip("-").casefold()


@transaction.atomic
def change_item(
    *,
    programme: Programme,
    part: ListPart,
    key: str,
    values: dict[str, Any],
    base: str,
    actor: User,
    seen: str | None = None,
) -> HandbookEdit | None:
    """Set some fields of an item. ``base`` is the fingerprint of the item that the change started from.

    Returns ``None`` when nothing changed. Raises ``StaleEdit`` when it reads differently now or is gone, ``NotSound``, and
    ``NeedsSeeing`` where ``seen`` is given and does not say that the effects were looked at.
    """
    handbook = locked(programme)
    items = value_at(handbook.content, part.name)
    place = _place(part, items, key)
    if place is None or fingerprint(items[place]) != base:
        raise StaleEdit(items[place] if place is not None else None)
    changed = {**items[place], **put(part.fields, items[place], values)}
    return _write(programme, handbook, part, [*items[:place], changed, *items[place + 1 :]], actor, seen)


@transaction.atomic
def add_item(
    *, programme: Programme, part: ListPart, values: dict[str, Any], actor: User, seen: str | None = None
) -> HandbookEdit | None:
    """Add an item of the programme's own at the end of a list. Raises ``NotSound`` and ``NeedsSeeing``."""
    handbook = locked(programme)
    items = value_at(handbook.content, part.name)
    item = {"ours": True, **put(part.fields, {}, values)}
    if part.name == SESSIONS:
        return write_sessions(programme, handbook, with_session(handbook.content, item), actor, seen)
    if part.key and part.key not in item:
        taken = (str(one[part.key]) for one in items)
        item[part.key] = new_key(str(values[part.shown]), taken, joint=part.joint)
    return _write(programme, handbook, part, [*items, item], actor, seen)


@transaction.atomic
def remove_item(
    *, programme: Programme, part: ListPart, key: str, actor: User, seen: str | None = None
) -> HandbookEdit | None:
    """Take an item out. Raises ``NotSound`` where something else needs it, ``NeedsSeeing``, ``StaleEdit`` when it is gone."""
    handbook = locked(programme)
    items = value_at(handbook.content, part.name)
    place = _place(part, items, key)
    if place is None:
        raise StaleEdit(None)
    if part.name == SESSIONS:
        return write_sessions(
            programme, handbook, without_session(handbook.content, items[place]["number"]), actor, seen
        )
    return _write(programme, handbook, part, [*items[:place], *items[place + 1 :]], actor, seen)


@transaction.atomic
def move_item(
    *, programme: Programme, part: ListPart, key: str, by: int, actor: User, seen: str | None = None
) -> HandbookEdit | None:
    """Move an item up (``by`` -1) or down (1) its list; at the end of it nothing happens.

    Raises ``NotSound``, ``NeedsSeeing``, and ``StaleEdit`` when it is gone.
    """
    handbook = locked(programme)
    items = list(value_at(handbook.content, part.name))
    place = _place(part, items, key)
    if place is None:
        raise StaleEdit(None)
    other = place + by
    if not 0 <= other < len(items):
        return None
    if part.name == SESSIONS:
        swapped = with_sessions_swapped(handbook.content, place, other)
        return write_sessions(programme, handbook, swapped, actor, seen)
    items[place], items[other] = items[other], items[place]
    return _write(programme, handbook, part, items, actor, seen)


def _place(part: ListPart, items: list[Item], key: str) -> int | None:
    return next((index for index, item in enumerate(items) if address_of(part, item, index) == key), None)


def _write(
    programme: Programme, handbook: Handbook, part: ListPart, items: list[Item], actor: User, seen: str | None
) -> HandbookEdit | None:
    if part.name == SESSIONS:
        return write_sessions(programme, handbook, items, actor, seen)
    if part.name == STAGES:
        items = _numbered(items, value_at(handbook.content, part.name))
    return write_part(programme, handbook, part.name, items, actor, seen)


def _numbered(items: list[Item], before: list[Item]) -> list[Item]:
    """The stages with numbers in their order; a handbook that begins with stage 0 goes on doing so."""
    first = min((one["number"] for one in before), default=1)
    return [{**one, "number": first + place} for place, one in enumerate(items)]
