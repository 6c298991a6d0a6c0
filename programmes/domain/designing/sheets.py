"""The steps that change a worksheet itself: its facts and readers, its sections, its moments."""

from typing import Any

from mentoring.accounts.models import User
from programmes.domain.designing.drafts import change_draft
from programmes.domain.designing.kinds import tidy_field
from programmes.domain.designing.places import (
    Definition,
    Gone,
    moment_of,
    move,
    new_key,
    section_of,
    tidy,
)
from programmes.models import WorksheetDraft
from templates_app.shapes import Anchor, Filler, Instant, Kind, Moment, Preset, Readers, Worksheet

_SHEET = Worksheet.model_construct(
    key="x", title="", filled_by=Filler.EACH, readers=Readers(preset=Preset.PAIR), sections=[]
).model_dump(mode="json")
_READERS = Readers(preset=Preset.PAIR).model_dump(mode="json")
_MOMENT = Moment(key="x", opens=Instant(anchor=Anchor.PAIRING)).model_dump(mode="json")
_INSTANT = Instant(anchor=Anchor.PAIRING).model_dump(mode="json")


def facts_of(definition: Definition) -> Definition:
    """What is changed on the page of the sheet's own facts."""
    return {name: value for name, value in definition.items() if name not in {"sections", "moments"}}


def change_facts(*, draft: WorksheetDraft, values: dict[str, Any], base: str, actor: User) -> WorksheetDraft:
    """Set the sheet's own facts, its readers among them. Its key stays. Raises ``Stale`` and ``Gone``."""

    def step(definition: Definition) -> None:
        definition.update({name: value for name, value in values.items() if name != "key"})
        readers = definition["readers"]
        tidy(readers, {name: value for name, value in _READERS.items() if name != "preset"})
        if readers.get("opens_at"):
            tidy(readers["opens_at"], {name: value for name, value in _INSTANT.items() if name != "anchor"})
        tidy(
            definition,
            {name: _SHEET[name] for name in _SHEET if name not in {"key", "title", "filled_by", "readers", "sections"}},
        )

    return change_draft(draft=draft, actor=actor, step=step, base=base, part=facts_of)


def put_to_use(*, draft: WorksheetDraft, in_use: bool, actor: User) -> WorksheetDraft:
    """Have the worksheet out of use, or in use again, once the draft is published. Raises ``Gone``."""

    def step(definition: Definition) -> None:
        definition["in_use"] = in_use
        tidy(definition, {"in_use": True})

    return change_draft(draft=draft, actor=actor, step=step)


# --- Sections -------------------------------------------------------------------------------------------------------


def add_section(*, draft: WorksheetDraft, title: str, actor: User) -> str:
    """Put a section at the end; returns its key."""
    made: list[str] = []

    def step(definition: Definition) -> None:
        sections = definition["sections"]
        made.append(new_key(title, {one["key"] for one in sections}, fallback="section"))
        sections.append({"key": made[-1], "title": title, "fields": []})

    change_draft(draft=draft, actor=actor, step=step)
    return made[-1]


def change_section(
    *, draft: WorksheetDraft, key: str, values: dict[str, str], base: str, actor: User, readers: str | None = None
) -> WorksheetDraft:
    """Set a section's title, introduction and the side that writes it. ``readers``: who reads each of its questions from now
    on (empty: whoever reads the sheet); ``None`` leaves that to the questions. Raises ``Stale`` and ``Gone``.
    """

    def step(definition: Definition) -> None:
        section = section_of(definition, key)
        section.update(values)
        tidy(section, {"title": "", "intro": "", "by": ""})
        for field in section.get("fields", []) if readers is not None else ():
            if field["kind"] != Kind.NOTE:
                field["readers"] = readers or None
                tidy_field(field)

    return change_draft(
        draft=draft, actor=actor, step=step, base=base, part=lambda known: section_part(section_of(known, key))
    )


def section_part(section: dict[str, Any]) -> dict[str, Any]:
    """What is changed on a section's page: everything but its questions, of which only who reads them."""
    own = {name: value for name, value in section.items() if name != "fields"}
    return {**own, "readers": [[field["key"], field.get("readers")] for field in section.get("fields", [])]}


def move_section(*, draft: WorksheetDraft, key: str, by: int, actor: User) -> WorksheetDraft:
    """Move a section up (-1) or down (1) with all its questions."""

    def step(definition: Definition) -> None:
        sections = definition["sections"]
        move(sections, sections.index(section_of(definition, key)), by)

    return change_draft(draft=draft, actor=actor, step=step)


def remove_section(*, draft: WorksheetDraft, key: str, actor: User) -> WorksheetDraft:
    """Take a section's heading away: its questions join the section before, or the one after where it is the first.

    The last section stays, since questions need one.
    """

    def step(definition: Definition) -> None:
        sections = definition["sections"]
        section = section_of(definition, key)
        index = sections.index(section)
        if len(sections) < 2:
            return
        sections.pop(index)
        fields = section.get("fields", [])
        if index:
            sections[index - 1].setdefault("fields", []).extend(fields)
        else:
            sections[0]["fields"] = [*fields, *sections[0].get("fields", [])]

    return change_draft(draft=draft, actor=actor, step=step)


# --- Moments --------------------------------------------------------------------------------------------------------


def save_moment(*, draft: WorksheetDraft, key: str, values: dict[str, Any], base: str, actor: User) -> WorksheetDraft:
    """Set what a moment says, or add one where ``key`` is empty. Raises ``Stale`` and ``Gone``."""

    def step(definition: Definition) -> None:
        moments = definition.setdefault("moments", [])
        if key:
            moment = moment_of(definition, key)
        else:
            taken = {one["key"] for one in moments} | earlier
            moment = {"key": new_key(values.get("title", ""), taken, fallback="moment", joint="-")}
            moments.append(moment)
        moment.update(values)
        for name in ("opens", "due"):
            if moment.get(name):
                tidy(moment[name], {part: value for part, value in _INSTANT.items() if part != "anchor"})
        tidy(moment, {name: value for name, value in _MOMENT.items() if name not in {"key", "opens"}})

    # A moment that was given up keeps its key: what was done at it must not pass for what is due at another.
    earlier = {one["key"] for one in (draft.base.definition if draft.base else {}).get("moments", [])}
    part = (lambda known: moment_of(known, key)) if key else None
    return change_draft(draft=draft, actor=actor, step=step, base=base, part=part)


def move_moment(*, draft: WorksheetDraft, key: str, by: int, actor: User) -> WorksheetDraft:
    """Move a moment up (-1) or down (1)."""

    def step(definition: Definition) -> None:
        moments = definition.get("moments", [])
        move(moments, moments.index(moment_of(definition, key)), by)

    return change_draft(draft=draft, actor=actor, step=step)


def remove_moment(*, draft: WorksheetDraft, key: str, actor: User) -> WorksheetDraft:
    """Call for the sheet at this moment no more."""

    def step(definition: Definition) -> None:
        if not definition.get("moments"):
            raise Gone(key)
        definition["moments"].remove(moment_of(definition, key))
        tidy(definition, {"moments": []})

    return change_draft(draft=draft, actor=actor, step=step)
