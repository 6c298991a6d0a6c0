"""Publishing a draft, or an earlier version again, as the next version of a worksheet."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from programmes.domain.designing.agreements import is_agreement, with_questions, write_questions
from programmes.domain.designing.asked import as_asked, marked
from programmes.domain.designing.checking import faults_of, surveys_asked_by
from programmes.domain.designing.drafts import Stale, newest_version, next_position
from programmes.domain.designing.faults import DraftFault
from programmes.domain.designing.places import Definition, Gone
from programmes.domain.handbook.editing import bump, locked, write_part
from programmes.domain.handbook.effects import NeedsSeeing, weigh
from programmes.models import Programme, WorksheetDraft
from templates_app.domain.kits import AGREEMENT_KEY, current_versions, kit_of, kit_with_sheets
from templates_app.domain.moving_drafts import ask_to_move
from templates_app.models import Handbook, Template, TemplateVersion
from templates_app.shapes import Kit, Worksheet

Follower = Callable[[Programme, Worksheet | None, Worksheet], None]

_followers: list[Follower] = []
MOST_REASON = 300


class NotReady(ValueError):
    """The draft has faults: ``faults`` says which. Nothing was published."""

    def __init__(self, faults: list[DraftFault]) -> None:
        super().__init__("; ".join(fault.words for fault in faults))
        self.faults = faults


class NothingNew(ValueError):
    """What was to be published is what holds already."""


class Overtaken(Exception):
    """Another version was published since the changes were shown."""


def register_worksheet_follower(follower: Follower) -> None:
    """Have ``follower(programme, before, after)`` called when a worksheet is published, in that transaction."""
    if follower not in _followers:
        _followers.append(follower)


def effects_on(programme: Programme, key: str, after: Definition) -> list[str]:
    """What publishing would bring about for running pairs and others, in sentences of the rooms that know them."""
    if is_agreement(key):
        kit = kit_of(programme.handbook)
        return _told(programme, kit, with_questions(kit, as_asked(after)))
    before = kit_with_sheets(programme.handbook)
    sheets = {one.key: one for one in before.worksheets} | {key: Worksheet.model_validate(as_asked(after))}
    return _told(programme, before, before.model_copy(update={"worksheets": list(sheets.values())}))


def _told(programme: Programme, before: Kit, after: Kit) -> list[str]:
    try:
        weigh(programme, before, after, "")
    except NeedsSeeing as told:
        return told.effects
    return []


@transaction.atomic
def publish_draft(
    *, draft: WorksheetDraft, revision: int, against: int, take_drafts: bool, actor: User, reason: str = ""
) -> TemplateVersion:
    """Publish a draft as the next version and close it.

    ``revision`` is the draft's, and ``against`` the version that held, when the changes were shown (0 for none).
    ``take_drafts``: sheets begun and not sent move to the new version; sent ones stay with theirs in any case.
    ``reason`` is kept with the version.
    Raises ``Stale`` or ``Overtaken`` when either has changed since, ``NotReady``, ``NothingNew`` and ``Gone``.
    """
    handbook = locked(draft.programme)
    row = WorksheetDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if row is None:
        raise Gone(draft.key)
    if row.revision != revision:
        raise Stale(row)
    version = _publish(draft.programme, handbook, draft.key, row.definition, against, _how(take_drafts, reason), actor)
    row.delete()
    return version


@transaction.atomic
def restore_version(
    *, programme: Programme, key: str, number: int, against: int, take_drafts: bool, actor: User, reason: str = ""
) -> TemplateVersion:
    """Publish an earlier version again, as the next one. Raises what ``publish_draft`` does."""
    handbook = locked(programme)
    rows = TemplateVersion.objects.filter(template__handbook=handbook, template__key=key, number=number)
    earlier = rows.first()
    if earlier is None:
        raise Gone(key)
    return _publish(programme, handbook, key, earlier.definition, against, _how(take_drafts, reason), actor)


@dataclass(frozen=True)
class _How:
    """What whoever publishes says beside the worksheet itself."""

    take_drafts: bool = False
    reason: str = ""


def _how(take_drafts: bool, reason: str) -> _How:
    return _How(take_drafts, " ".join(reason.split())[:MOST_REASON])


def _publish(
    programme: Programme, handbook: Handbook, key: str, draft: Definition, against: int, how: _How, actor: User
) -> TemplateVersion:
    newest = newest_version(programme, key)
    if (newest.number if newest else 0) != against:
        raise Overtaken
    faults = faults_of(draft, handbook)
    if faults:
        raise NotReady(faults)
    definition = clean(draft)
    if newest is not None and newest.definition == definition:
        raise NothingNew
    if is_agreement(key):
        return _agree_on(programme, handbook, definition, actor)
    version = _next_version(programme, handbook, newest, definition, how, actor)
    bump(handbook)
    programme.handbook = handbook
    _ask_without_names(programme, handbook, definition, actor)
    _tell(programme, newest, version, actor)
    if how.take_drafts and newest is not None:
        ask_to_move()
    return version


def _ask_without_names(programme: Programme, handbook: Handbook, definition: Definition, actor: User) -> None:
    """Make the surveys of a worksheet anonymous when it becomes so: neither holds without the other, so neither could be
    changed first.
    """
    surveys = handbook.content.get("surveys", [])
    after = surveys_asked_by(definition, surveys)
    if after != surveys:
        write_part(programme, handbook, "surveys", after, actor)


def _agree_on(programme: Programme, handbook: Handbook, definition: Definition, actor: User) -> TemplateVersion:
    """Publish the agreement's questions. Agreements that are begun keep the questions they were begun with."""
    if write_questions(programme, handbook, definition, actor) is None:
        raise NothingNew
    version = newest_version(programme, AGREEMENT_KEY)
    assert version is not None
    return version


def publish_words(
    *, programme: Programme, handbook: Handbook, definitions: list[dict[str, Any]], actor: User
) -> list[TemplateVersion]:
    """Publish worksheets of which nothing but the words has changed, each as its next version, in the locked handbook.

    What is begun or sent stays with the words it has.
    """
    newest = current_versions(handbook)
    versions = []
    for definition in definitions:
        before = newest[definition["key"]]
        versions.append(_next_version(programme, handbook, before, definition, _How(), actor))
    bump(handbook)
    programme.handbook = handbook
    for definition, version in zip(definitions, versions, strict=True):
        _tell(programme, newest[definition["key"]], version, actor)
    return versions


def _tell(programme: Programme, newest: TemplateVersion | None, version: TemplateVersion, actor: User) -> None:
    record_event(
        "worksheet.published", programme, actor=actor, title=version.definition["title"], number=version.number
    )
    before = Worksheet.model_validate(as_asked(newest.definition)) if newest else None
    after = Worksheet.model_validate(as_asked(version.definition))
    for follower in _followers:
        follower(programme, before, after)


def clean(definition: Definition) -> dict[str, Any]:
    """A sound definition as versions keep it: by the shapes, with nothing that stands at its default."""
    return Worksheet.model_validate(marked(definition)).model_dump(mode="json", exclude_defaults=True)


def _next_version(
    programme: Programme,
    handbook: Handbook,
    newest: TemplateVersion | None,
    definition: dict[str, Any],
    how: _How,
    actor: User,
) -> TemplateVersion:
    title = definition["title"][:200]
    if newest is None:
        template = Template.objects.create(
            handbook=handbook, key=definition["key"], title=title, position=next_position(programme)
        )
    else:
        template = newest.template
        Template.objects.filter(pk=template.pk).update(title=title)
    return TemplateVersion.objects.create(
        template=template,
        number=newest.number + 1 if newest else 1,
        definition=definition,
        published_by=actor,
        takes_drafts=how.take_drafts and newest is not None,
        reason=how.reason,
    )
