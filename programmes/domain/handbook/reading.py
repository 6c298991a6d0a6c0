"""A handbook's parts as its pages show them: each item beside how the kit has it."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring.ui.components.compare import Difference, difference
from programmes.domain.handbook.choosing import Names, names_for
from programmes.domain.handbook.editing import original_of
from programmes.domain.handbook.items import address_of, items_of
from programmes.domain.handbook.parts import Field, ListPart, title_of
from programmes.domain.handbook.words import ANCHORS, every_words
from programmes.models import HandbookEdit, Programme
from templates_app.shapes import Every


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
    original = original_of(programme, part.name)
    names = names_for(programme.handbook, part.fields)
    before = {item[part.key]: item for item in original} if part.key else {}
    return [
        _listed(
            part, item, index, before.get(item[part.key]) if part.key else item if item in original else None, names
        )
        for index, item in enumerate(items_of(programme, part))
    ]


def changes_of(before: list[dict[str, Any]], now: list[dict[str, Any]], part: ListPart) -> Changes:
    """Which of the kit's items were taken out."""
    if not part.key:
        return Changes([str(item[part.shown]) for item in before if item not in now])
    keys = {item[part.key] for item in now}
    return Changes([shown_name(part, item) for item in before if item[part.key] not in keys])


def shown_name(part: ListPart, item: dict[str, Any]) -> str:
    """What an item is called in a list; a note among questions by its words."""
    return str(item.get(part.shown) or item.get("text") or item.get("key") or "")


def title_in(programme: Programme, part: ListPart, item: dict[str, Any]) -> str:
    """What an item is called above its page: one that is shown by its worksheet, by the worksheet's title."""
    names = names_for(programme.handbook, [field for field in part.fields if field.name == part.shown])
    titles = names.get("worksheets", {})
    return titles.get(str(item[part.shown])) or shown_name(part, item)


def edits_of(programme: Programme) -> QuerySet[HandbookEdit]:
    """What was changed, newest first, with who changed it."""
    return HandbookEdit.objects.filter(programme=programme).select_related("made_by")


def get_edit_of(programme: Programme, edit_id: UUID) -> HandbookEdit:
    """One change of this programme's handbook, or the one 404."""
    return get_object_or_404(edits_of(programme).select_related("programme__handbook"), pk=edit_id)


def part_title(edit: HandbookEdit) -> str:
    """The part an edit changed, for people."""
    return title_of(edit.part)


def words_of(value: Any, field: Field | None = None, names: Names | None = None) -> str:
    """A field's value as words: parts by line, numbers with commas, choices as the form names them."""
    if field is not None and field.kind in {
        "instant",
        "every",
        "step",
        "name",
        "rows",
        "tick",
        "answer",
        "whole",
        "measures",
    }:
        return _composed(value, field, names)
    if isinstance(value, list):
        joint = "\n" if value and isinstance(value[0], dict) else ", "
        return joint.join(_one_of(one, field, names) for one in value)
    return "" if value is None else _one_of(value, field, names)


def _one_of(value: Any, field: Field | None, names: Names | None) -> str:
    if isinstance(value, dict):
        return str(value.get("text") or value.get("label") or "")
    if field is None or not field.choices:
        return str(value)
    known = (names or {}).get(field.choices, {}) if isinstance(field.choices, str) else dict(field.choices)
    return str(known.get(value, value))


def _composed(value: Any, field: Field, names: Names | None) -> str:
    match field.kind, value:
        case "tick", _:
            return str(_("yes")) if value else ""
        case ((("measures" | "rows") as kind), list()):
            return _titles(value) if kind == "measures" else "\n".join(_row_words(row, field, names) for row in value)
        case "instant", dict():
            return instant_words(value)
        case "every", dict():
            return every_words(Every.model_validate(value))
        case (("step" | "name"), dict()):
            return str(value.get("title") or "")
        case "answer", dict():
            return ", ".join(_one_of(one, field, names) for one in answer_names(value))
        case "whole", dict():
            said = [(one.label, words_of(value.get(one.name), one, names)) for one in field.rows]
            return "\n".join(f"{label}: {words}" for label, words in said if words)
    return ""


def _titles(measures: list[dict[str, Any]]) -> str:
    return "; ".join(str(one["title"]) for one in measures) or _("nothing: it stands there in its own words")


ANY, NONE = "*", "-"
"""Stand for any answer of a question, and for none, where a handbook's files say so."""


def answer_names(rule: dict[str, Any]) -> list[str]:
    """The answers of a condition as choices name them: ``question=answer``."""
    answers = rule.get("is_in") or ([] if rule.get("filled") is None else [ANY if rule["filled"] else NONE])
    return [f"{rule['field']}={value}" for value in answers]


def _row_words(row: dict[str, Any], field: Field, names: Names | None) -> str:
    """A row by its words; one that has none of its own by what is chosen and said in it."""
    said = {one.name: words_of(row.get(one.name), one, names) for one in field.rows}
    first = next((one.name for one in field.rows if one.kind == "choice"), "")
    main = next((said[name] for name in ("text", "label") if said.get(name)), "")
    rest = main or ", ".join(words for name, words in said.items() if words and name != first)
    return ": ".join(words for words in (capfirst(said[first]) if first else "", rest) if words)


def instant_words(instant: dict[str, Any]) -> str:
    """A moment in words: "2 days after the end of session 3"."""
    anchor = str(dict(ANCHORS).get(instant["anchor"], instant["anchor"]))
    if instant.get("session"):
        anchor = {
            "session-start": _("the beginning of session %(number)s"),
            "session-end": _("the end of session %(number)s"),
        }.get(instant["anchor"], anchor) % {"number": instant["session"]}
    days, months = instant.get("days") or 0, instant.get("months") or 0
    spans = [
        ngettext("%(count)s month", "%(count)s months", abs(months)) % {"count": abs(months)} if months else "",
        ngettext("%(count)s day", "%(count)s days", abs(days)) % {"count": abs(days)} if days else "",
    ]
    span = ", ".join(one for one in spans if one)
    if not span:
        return anchor
    words = _("%(span)s before %(anchor)s") if (days or months) < 0 else _("%(span)s after %(anchor)s")
    return words % {"span": span, "anchor": anchor}


def _listed(
    part: ListPart, item: dict[str, Any], index: int, before: dict[str, Any] | None, names: Names
) -> ListedItem:
    shown = [_shown(part, one, item, before, names) for one in part.fields]
    told = [one.name for one in part.fields if one.kind == "measures"]  # what changed in them is not all told here
    changed = before is not None and (
        any(one.change for one in shown) or any(before[name] != item[name] for name in told)
    )
    state = "own" if before is None else "changed" if changed else "same"
    title = names.get("worksheets", {}).get(str(item[part.shown])) if part.shown == "worksheet" else None
    return ListedItem(address_of(part, item, index), title or shown_name(part, item), state, shown)


def _shown(part: ListPart, one: Field, item: dict[str, Any], before: dict[str, Any] | None, names: Names) -> ShownField:
    words = words_of(item.get(one.name), one, names)
    change = difference(words_of(before.get(one.name), one, names), words) if before is not None else None
    is_title = one.name == part.shown and one.name != "text"
    return ShownField(str(one.label), words, change if change and not change.same else None, is_title)
