"""What was changed in a handbook, readable, and the way back to how any part of it read before."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mentoring.accounts.models import User
from mentoring.ui.components.compare import Difference, difference
from programmes.domain.handbook.articles import write_article
from programmes.domain.handbook.editing import article_values, locked, write_part
from programmes.domain.handbook.fields import Field
from programmes.domain.handbook.parts import (
    ARTICLE,
    COURSE,
    LISTS,
    PLAN,
    TEXTS,
    is_inside,
    list_part,
    texts_part,
    title_of,
)
from programmes.models import HandbookEdit, Programme
from templates_app.models import Article

LONGEST = 600
"""So many letters of a changed text are shown on either side."""
MOST = 12
"""So many changes of one edit are shown."""
_NAMES = ("title", "label", "term", "subject", "text", "worksheet", "key", "number")
_MARKS = ("source", "ours", "key", "source_parties", "points")


@dataclass(frozen=True)
class Line:
    """One thing that an edit changed: where, and the words before and after."""

    place: str
    change: Difference


@dataclass(frozen=True)
class ShownEdit:
    """An edit as the history shows it."""

    edit: HandbookEdit
    title: str
    lines: list[Line]
    more: int
    can_go_back: bool


def edits_of_part(programme: Programme, part: str) -> QuerySet[HandbookEdit]:
    """What was changed, newest first; of one part (and what it stands in) where ``part`` names one."""
    edits = HandbookEdit.objects.filter(programme=programme).select_related("made_by")
    if not part:
        return edits
    wholes = [one for one in edits.order_by().values_list("part", flat=True).distinct() if is_inside(part, one)]
    return edits.filter(part__in=wholes)


def shown_edit(edit: HandbookEdit) -> ShownEdit:
    """An edit with what differs between how its part read before and after."""
    lines = list(_differences(edit.before, edit.after, ""))
    shown = [Line(place, difference(before[:LONGEST], after[:LONGEST])) for place, before, after in lines[:MOST]]
    return ShownEdit(edit, title_of(edit.part), shown, max(0, len(lines) - MOST), is_known(edit.part))


def is_known(part: str) -> bool:
    """Whether a part is one of those that are kept here and can be put back."""
    own = part in {PLAN, COURSE} or part.startswith(f"{ARTICLE}:")
    return own or texts_part(part) is not None or any(one.name == part for one in LISTS)


@transaction.atomic
def put_back(*, edit: HandbookEdit, actor: User, seen: str | None = None) -> HandbookEdit | None:
    """Make a part read as it did before an edit, however often it was changed since: a change like any other.

    Returns ``None`` when it reads so already. Raises ``NotSound`` where the rest of the handbook has moved on and would not
    hold together, and ``NeedsSeeing``.
    """
    programme = edit.programme
    handbook = locked(programme)
    if not edit.part.startswith(f"{ARTICLE}:"):
        return write_part(programme, handbook, edit.part, edit.before, actor, seen)
    found = Article.objects.filter(handbook=handbook, key=edit.part.removeprefix(f"{ARTICLE}:")).first()
    current = article_values(found) if found is not None else None
    if current is None and edit.before is None:
        return None
    return write_article(programme, handbook, current, edit.before, actor)


# --- What differs -----------------------------------------------------------------------------------------------------


def _differences(before: Any, after: Any, place: str) -> Iterator[tuple[str, str, str]]:
    """Place, words before and words after of everything that differs, in the order of the shapes."""
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for name in dict.fromkeys([*before, *after]):
            if name not in _MARKS:
                yield from _differences(before.get(name), after.get(name), _joined(place, label_of(name)))
    elif _is_items(before) and _is_items(after):
        yield from _of_items(before, after, place)
    else:
        yield place, _words(before), _words(after)


def _of_items(before: list[dict[str, Any]], after: list[dict[str, Any]], place: str) -> Iterator[tuple[str, str, str]]:
    old, new = _by_name(before), _by_name(after)
    for name, one in old.items():
        if name not in new:
            yield _joined(place, _("taken out")), _name_of(one), ""
        else:
            yield from _differences(one, new[name], _joined(place, _name_of(new[name])))
    for name, one in new.items():
        if name not in old:
            yield _joined(place, _("added")), "", _name_of(one)
    stay = [name for name in old if name in new], [name for name in new if name in old]
    if stay[0] != stay[1]:
        was, now = (" · ".join(_name_of(new[name]) for name in names) for names in stay)
        yield _joined(place, _("order")), was, now


def _by_name(items: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Items by what tells them apart: the key, or the words where there is none; a second one of a name by its place."""
    found: dict[str, dict[str, Any]] = {}
    for place, one in enumerate(items):
        name = str(next((one[key] for key in ("key", "number", "term") if key in one), _name_of(one)))
        found[name if name not in found else f"{name} {place}"] = one
    return found


def _is_items(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _name_of(one: dict[str, Any]) -> str:
    return str(next((one[name] for name in _NAMES if one.get(name)), ""))[:80]


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "\n".join(_words(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(
            f"{label_of(name)}: {_words(one)}" for name, one in value.items() if one and name not in _MARKS
        )
    return "" if value is None else str(value)


def _joined(place: str, step: str) -> str:
    return f"{place} › {step}" if place else step


def _labels() -> dict[str, Any]:
    found: dict[str, Any] = {"stages": _("Stages"), "sessions": _("Sessions"), "plan": _("Plan")}

    def gather(fields: tuple[Field, ...]) -> None:
        for field in fields:
            found.setdefault(field.name, field.label)
            gather(field.rows)

    for part in (*LISTS, *TEXTS):
        gather(part.fields)
    return found


def label_of(name: str) -> str:
    """What a field of the shapes is called on the pages; its own name where no page asks for it."""
    return str(_labels().get(name, name.replace("_", " ").capitalize()))


def part_of_slug(slug: str) -> str:
    """The part whose history an address asks for; empty for all, and for one that is not known."""
    found = list_part(slug)
    return found.name if found is not None else slug if is_known(slug) else ""
