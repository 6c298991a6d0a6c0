"""Sessions added, taken out, moved and given to another stage: the plan counts them, and the stages name them.

What is due before or after a session hangs on its number, and so do the dates that pairs have agreed. So a session that
moves is a talk that takes another number; everything else stays with the number.
"""

from typing import Any

from mentoring.accounts.models import User
from programmes.domain.handbook.editing import write_part
from programmes.domain.handbook.parts import COURSE, value_at
from programmes.models import HandbookEdit, Programme
from templates_app.models import Handbook

Item = dict[str, Any]
SESSIONS = "sessions"
_STAYS = ("number", "stage", "onwards")
"""What belongs to a session's place and not to its talk."""


def sessions_without_page(content: dict[str, Any]) -> list[int]:
    """The numbers of planned sessions that no entry describes, and no earlier one stands for (``onwards``)."""
    described = {one["number"] for one in content[SESSIONS]}
    last = min((one["number"] for one in content[SESSIONS] if one.get("onwards")), default=content["plan"]["sessions"])
    return [number for number in range(1, last + 1) if number not in described]


def with_session(content: dict[str, Any], item: Item) -> list[Item]:
    """The sessions with one more: it takes the first number that has no session yet."""
    taken = {one["number"] for one in content[SESSIONS]}
    number = next(number for number in range(1, len(taken) + 2) if number not in taken)
    return sorted([*content[SESSIONS], {**item, "number": number}], key=lambda one: one["number"])


def without_session(content: dict[str, Any], number: int) -> list[Item]:
    """The sessions without one; later ones take the numbers before them."""
    left = [one for one in content[SESSIONS] if one["number"] != number]
    if not _is_whole(content):
        return left
    return [{**one, "number": place} for place, one in enumerate(left, 1)]


def with_sessions_swapped(content: dict[str, Any], first: int, second: int) -> list[Item]:
    """The sessions with two talks in each other's place."""
    items = list(content[SESSIONS])
    one, other = items[first], items[second]
    items[first] = {**other, **{name: one[name] for name in _STAYS}}
    items[second] = {**one, **{name: other[name] for name in _STAYS}}
    return items


def write_sessions(
    programme: Programme, handbook: Handbook, items: list[Item], actor: User, seen: str | None
) -> HandbookEdit | None:
    """Write the sessions, and what follows for the plan's number of them and for the stages that name them."""
    content = handbook.content
    before = {one["number"]: one["stage"] for one in content[SESSIONS]}
    after = {one["number"]: one["stage"] for one in items}
    if before == after:
        return write_part(programme, handbook, SESSIONS, items, actor, seen)
    moved = {number for number in before | after if before.get(number) != after.get(number)}
    value = {
        **value_at(content, COURSE),
        SESSIONS: items,
        "plan": {**content["plan"], "sessions": _count(content, after)},
        "stages": [{**stage, SESSIONS: _named_by(stage, moved, after)} for stage in content["stages"]],
    }
    return write_part(programme, handbook, COURSE, value, actor, seen)


def _is_whole(content: dict[str, Any]) -> bool:
    """Whether every session of the plan is described, each once."""
    return [one["number"] for one in content[SESSIONS]] == list(range(1, content["plan"]["sessions"] + 1))


def _count(content: dict[str, Any], after: dict[int, str]) -> int:
    if _is_whole(content):
        return max(1, len(after))
    return max(content["plan"]["sessions"], *after, 1)


def _named_by(stage: Item, moved: set[int], after: dict[int, str]) -> list[int]:
    stays = [number for number in stage[SESSIONS] if number not in moved]
    comes = [number for number in moved if after.get(number) == stage["key"]]
    return sorted([*stays, *comes])
