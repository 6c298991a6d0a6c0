"""The steps that change a worksheet's questions."""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from django.utils.translation import gettext as _

from mentoring.accounts.models import User
from programmes.domain.designing.drafts import change_draft
from programmes.domain.designing.kinds import beginnings, kinds_within, new_field, tidy_field
from programmes.domain.designing.places import (
    Definition,
    Field,
    Gone,
    keys_at,
    label_of,
    level_at,
    move,
    new_key,
    section_of,
    spot_of,
)
from programmes.domain.designing.retyping import retyped
from programmes.models import WorksheetDraft
from templates_app.models import TemplateVersion
from templates_app.shapes import Kind
from templates_app.shapes.kinds import SIGNED

INNER = ("columns", "fields")


def own_part(field: Field) -> Field:
    """What is changed on a question's own page: everything but the questions inside its rows."""
    return {name: value for name, value in field.items() if name not in INNER}


def add_question(
    *,
    draft: WorksheetDraft,
    container: str,
    kind: Kind,
    label: str,
    actor: User,
    lines: Iterable[str] = (),
    scale: Iterable[str] = (),
) -> str:
    """Put a question at the end of a section (``section:you``) or inside another (``in:goals``); returns its place.

    ``lines`` become its answers, lines or columns, ``scale`` the points of a rating grid. What all questions of a section keep
    from others, a new one there keeps too. Raises ``Gone`` where there is no such place for this kind.
    """
    made: list[str] = []

    def step(definition: Definition) -> None:
        level = level_at(definition, container)
        parents = _parents(definition, container)
        if kind not in {card.kind for card in kinds_within(parents)}:
            raise Gone(container)
        above = ".".join(one["key"] for one in parents)
        taken = keys_at(above, [definition, *earlier_versions(draft)])
        key = new_key(label, taken, fallback="question")
        field = new_field(key=key, kind=kind, label=label, lines=lines, scale=scale)
        if kind in SIGNED and definition.get("filled_by") in {"mentor", "mentee"}:
            field["signer"] = definition["filled_by"]
        if not parents and kind is not Kind.NOTE and (fewer := common_readers(level)):
            field["readers"] = fewer
        level.append(field)
        made.append(f"{above}.{key}" if above else key)

    change_draft(draft=draft, actor=actor, step=step)
    return made[-1]


def earlier_versions(draft: WorksheetDraft) -> list[Definition]:
    """The worksheet as each of its versions has it. One query; none for a new worksheet."""
    if draft.base is None:
        return []
    versions = TemplateVersion.objects.filter(template=draft.base.template_id)
    return list(versions.values_list("definition", flat=True))


def common_readers(level: Iterable[Field]) -> str:
    """The readers that all questions of a section have in place of the sheet's own; empty where they differ, or have none."""
    found = {field.get("readers") or "" for field in level if field["kind"] != Kind.NOTE}
    return found.pop() if len(found) == 1 else ""


def kept_apart(level: Iterable[Field]) -> bool:
    """Whether some of these questions have readers of their own."""
    return any(field.get("readers") for field in level)


def _drop_beginnings(field: Field) -> None:
    """Take out the answers that a choice began with and nobody reworded, as soon as it has others to choose from."""
    begun = beginnings()
    own = [one for one in field.get("options") or [] if {"key": one["key"], "label": one["label"]} not in begun]
    if own or field.get("options_from"):
        field["options"] = own


def _parents(definition: Definition, container: str) -> list[Field]:
    what, _colon, name = container.partition(":")
    if what == "section":
        return []
    spot = spot_of(definition, name)
    return [*spot.parents, spot.field]


def change_question(
    *, draft: WorksheetDraft, place: str, values: dict[str, Any], base: str, actor: User, section: str = ""
) -> WorksheetDraft:
    """Set attributes of a question; ``section`` moves it to the end of another one.

    ``base`` is the fingerprint of the question's ``own_part`` as it was shown. Raises ``Stale`` and ``Gone``.
    """

    def step(definition: Definition) -> None:
        spot = spot_of(definition, place)
        spot.field.update(values)
        _drop_beginnings(spot.field)
        tidy_field(spot.field)
        if section and not spot.parents and spot.section["key"] != section:
            spot.level.pop(spot.index)
            section_of(definition, section)["fields"].append(spot.field)

    return change_draft(
        draft=draft, actor=actor, step=step, base=base, part=lambda known: own_part(spot_of(known, place).field)
    )


def retype_question(*, draft: WorksheetDraft, place: str, kind: Kind, base: str, actor: User) -> WorksheetDraft:
    """Make a question one of another kind. Its key stays, and so do the answers that fit. Raises ``Stale`` and ``Gone``."""

    def step(definition: Definition) -> None:
        spot = spot_of(definition, place)
        if kind not in {card.kind for card in kinds_within(spot.parents)}:
            raise Gone(place)
        spot.level[spot.index] = retyped(spot.field, kind)

    return change_draft(
        draft=draft, actor=actor, step=step, base=base, part=lambda known: own_part(spot_of(known, place).field)
    )


def move_question(*, draft: WorksheetDraft, place: str, by: int, actor: User) -> WorksheetDraft:
    """Move a question up (-1) or down (1); past its section's edge it goes into the next one. Raises ``Gone``."""

    def step(definition: Definition) -> None:
        spot = spot_of(definition, place)
        if spot.parents or 0 <= spot.index + by < len(spot.level):
            move(spot.level, spot.index, by)
            return
        sections = definition["sections"]
        other = sections.index(spot.section) + by
        if 0 <= other < len(sections):
            spot.level.pop(spot.index)
            fields = sections[other].setdefault("fields", [])
            fields.insert(len(fields) if by < 0 else 0, spot.field)

    return change_draft(draft=draft, actor=actor, step=step)


def copy_question(*, draft: WorksheetDraft, place: str, actor: User) -> WorksheetDraft:
    """Ask a question a second time, right below itself and under a key of its own: with its answers, lines, scale and rows.

    What the answer is used for elsewhere stays with the first. Raises ``Gone``.
    """

    def step(definition: Definition) -> None:
        spot = spot_of(definition, place)
        taken = keys_at(spot.above, [definition, *earlier_versions(draft)])
        twin = {name: value for name, value in deepcopy(spot.field).items() if name not in {"meaning", "source"}}
        twin |= {"key": new_key(label_of(spot.field), taken, fallback="question"), "ours": True}
        if twin.get("label"):
            twin["label"] = _("%(label)s (copy)") % {"label": twin["label"]}
        spot.level.insert(spot.index + 1, twin)

    return change_draft(draft=draft, actor=actor, step=step)


def hide_question(*, draft: WorksheetDraft, place: str, hidden: bool, actor: User) -> WorksheetDraft:
    """Ask a question no more, or again. It keeps its place, and its answers on earlier versions stay readable."""

    def step(definition: Definition) -> None:
        field = spot_of(definition, place).field
        field["hidden"] = hidden
        tidy_field(field)

    return change_draft(draft=draft, actor=actor, step=step)


def remove_question(*, draft: WorksheetDraft, place: str, actor: User) -> WorksheetDraft:
    """Take a question out of the sheet. Its answers stay on the versions that asked it."""

    def step(definition: Definition) -> None:
        spot = spot_of(definition, place)
        spot.level.pop(spot.index)

    return change_draft(draft=draft, actor=actor, step=step)
