"""A handbook's parts as its pages show them: each item beside how the kit has it."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from mentoring.ui.components.compare import Difference, difference
from programmes.domain.handbook.editing import original_of
from programmes.domain.handbook.items import address_of, items_of
from programmes.domain.handbook.parts import Field, ListPart, title_of
from programmes.models import HandbookEdit, Programme


@dataclass(frozen=True)
class ShownField:
    """A field of an item in words; ``change`` marks what differs from the kit, where something does."""

    label: str
    words: str
    change: Difference | None = None
    is_title: bool = False


@dataclass(frozen=True)
class ListedItem:
    """An item of a part. ``state``: ``same``, ``changed`` or ``own``."""

    key: str
    title: str
    state: str
    fields: list[ShownField] = field(default_factory=list)


@dataclass(frozen=True)
class Changes:
    """What differs from the kit: items of the kit that are gone."""

    removed: list[str]


def listed_items(programme: Programme, part: ListPart) -> list[ListedItem]:
    """The items of a part as they stand, each with what was changed since the kit."""
    before = {item[part.key]: item for item in original_of(programme, part.name)}
    return [_listed(part, item, before.get(item[part.key])) for item in items_of(programme, part)]


def changes_of(before: list[dict[str, Any]], now: list[dict[str, Any]], part: ListPart) -> Changes:
    """Which of the kit's items were taken out."""
    keys = {item[part.key] for item in now}
    return Changes([str(item[part.shown]) for item in before if item[part.key] not in keys])


def edits_of(programme: Programme) -> QuerySet[HandbookEdit]:
    """What was changed, newest first, with who changed it."""
    return HandbookEdit.objects.filter(programme=programme).select_related("made_by")


def get_edit_of(programme: Programme, edit_id: UUID) -> HandbookEdit:
    """One change of this programme's handbook, or the one 404."""
    return get_object_or_404(edits_of(programme).select_related("programme__handbook"), pk=edit_id)


def part_title(edit: HandbookEdit) -> str:
    """The part an edit changed, for people."""
    return title_of(edit.part)


def words_of(value: Any) -> str:
    """A field's value as words: lettered parts by line, numbers with commas."""
    if isinstance(value, list):
        joint = "\n" if value and isinstance(value[0], dict) else ", "
        return joint.join(one["text"] if isinstance(one, dict) else str(one) for one in value)
    return "" if value is None else str(value)


def _listed(part: ListPart, item: dict[str, Any], before: dict[str, Any] | None) -> ListedItem:
    shown = [_shown(part, one, item, before) for one in part.fields]
    state = "own" if before is None else "changed" if any(one.change for one in shown) else "same"
    return ListedItem(address_of(part, item), str(item[part.shown]), state, shown)


def _shown(part: ListPart, one: Field, item: dict[str, Any], before: dict[str, Any] | None) -> ShownField:
    words = words_of(item.get(one.name))
    change = difference(words_of(before.get(one.name)), words) if before is not None else None
    is_title = one.name == part.shown and one.name != "text"
    return ShownField(str(one.label), words, change if change and not change.same else None, is_title)
