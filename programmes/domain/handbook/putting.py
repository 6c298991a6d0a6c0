"""What a form says, put into an item: what stays keeps its key and its source, what is new is the programme's own."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from programmes.domain.handbook.fields import Field

Item = dict[str, Any]
WAS = "_was"
"""In a row of a form: the place that it had in the list when the form was opened."""


def put(fields: Iterable[Field], item: Item, values: Item) -> Item:
    """What ``values`` set of an item, in the form in which the shapes have it."""
    known = {field.name: field for field in fields}
    return {name: _value(known[name], item, value) if name in known else value for name, value in values.items()}


def new_key(words: str, taken: Iterable[str], *, joint: str = "_", stem: str = "own") -> str:
    """A key that is not taken, made of what a key may hold of the words."""
    made = re.sub(r"[^a-z0-9]+", joint, words.casefold())[:40].strip(joint)
    made = made if made[:1].isalpha() else f"{stem}{joint}{made}".rstrip(joint)
    keys = set(taken)
    found, number = made, 1
    while found in keys:
        number += 1
        found = f"{made}{joint}{number}"
    return found


def _value(field: Field, item: Item, value: Any) -> Any:
    before = item.get(field.name) or []
    match field.kind:
        case "duties":
            return kept(before, value, "text", lambda words, _taken: {"text": words, "ours": True})
        case "lines":
            return kept(before, value, "text", _part)
        case "options":
            return kept(before, value, "label", lambda words, taken: {"key": new_key(words, taken), "label": words})
        case "columns":
            return kept(before, value, "label", _column)
        case "choices":
            return [*(one for one in before if one in value), *(one for one in value if one not in before)]
        case "rows":
            return _rows(field, before, value)
        case "whole":
            stands: Item = item.get(field.name) or {}
            own: Item = {"ours": True} if field.marked else {}
            return {**(stands or own), **_said(put(field.rows, stands, value), stands, field)} if value else None
    return value


def _said(values: Item, stands: Item, field: Field) -> Item:
    """What is said of a whole; where it is lists by name alone, a name whose list is empty is left out."""
    return {name: one for name, one in values.items() if field.marked or one or name in stands}


def _part(words: str, taken: set[str]) -> Item:
    """A lettered part of a clause."""
    number = 1
    while f"part_{number}" in taken:
        number += 1
    return {"key": f"part_{number}", "text": words, "ours": True}


def _column(words: str, taken: set[str]) -> Item:
    """What a table asks in each of its rows."""
    return {"key": new_key(words, taken), "kind": "text", "label": words, "ours": True}


def kept(before: list[Item], lines: Iterable[str], name: str, make: Callable[[str, set[str]], Item]) -> list[Item]:
    """Items from lines: a line that stood there is what it was, one in the place of a line that is gone is that one
    reworded, any other is new. ``make`` gets the words and the keys that are taken.
    """
    wanted = list(lines)
    free = {index: one for index, one in enumerate(before) if one[name] not in wanted}
    same: dict[str, list[Item]] = {}
    for one in before:
        same.setdefault(one[name], []).append(one)
    found: list[Item] = []
    taken = {str(one["key"]) for one in before if "key" in one}
    for index, words in enumerate(wanted):
        if same.get(words):
            found.append(same[words].pop(0))
        elif index in free:
            found.append({**free.pop(index), name: words})
        else:
            found.append(make(words, taken))
            taken |= {str(found[-1].get("key", ""))}
    return found


def _rows(field: Field, before: list[Item], rows: Iterable[Item]) -> list[Item]:
    found: list[Item] = []
    taken = {str(one["key"]) for one in before if "key" in one}
    for row in rows:
        values, was = dict(row), row.get(WAS)
        values.pop(WAS, None)
        old = before[was] if was is not None and was < len(before) else None
        if old is not None:
            found.append({**old, **put(field.rows, old, values)})
            continue
        item: Item = {**({"ours": True} if field.marked else {}), **put(field.rows, {}, values)}
        if field.key_from:
            item["key"] = new_key(str(item[field.key_from]), taken)
            taken.add(item["key"])
        found.append(item)
    return found
