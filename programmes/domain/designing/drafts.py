"""Drafts of worksheets: opening one, changing it by a step, taking the step back, dropping it."""

from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from programmes.domain.designing.places import Definition, Gone, new_key
from programmes.domain.handbook.parts import fingerprint
from programmes.models import Programme, WorksheetDraft
from templates_app.domain.kits import AGREEMENT_KEY
from templates_app.models import Template, TemplateVersion
from templates_app.shapes import Worksheet

Step = Callable[[Definition], None]
RESERVED = frozenset({AGREEMENT_KEY, "new"})
"""Keys that no worksheet may have: the first is the agreement's own, the other stands in addresses."""


class Stale(Exception):
    """Somebody changed the same thing meanwhile. ``draft`` is how it stands now; nothing was overwritten."""

    def __init__(self, draft: WorksheetDraft) -> None:
        super().__init__("Changed by somebody else meanwhile.")
        self.draft = draft


def newest_version(programme: Programme, key: str) -> TemplateVersion | None:
    """The version of a worksheet that holds now; ``None`` where none of this key was ever published."""
    rows = TemplateVersion.objects.filter(template__handbook=programme.handbook_id, template__key=key)
    return rows.select_related("template").order_by("-number").first()


@transaction.atomic
def open_draft(*, programme: Programme, key: str, actor: User) -> WorksheetDraft:
    """The draft of a worksheet's next version: the one that is open, or a fresh copy of what holds. Raises ``Gone``.

    What a pair writes into its agreement is such a worksheet too (``agreements.py``).
    """
    base = newest_version(programme, key)
    if base is None:
        raise Gone(key)
    draft, _created = WorksheetDraft.objects.get_or_create(
        programme=programme,
        key=key,
        defaults={"base": base, "definition": base.definition, "changed_by": actor},
    )
    return draft


@transaction.atomic
def begin_worksheet(
    *, programme: Programme, title: str, filled_by: str, actor: User, copy_of: str = ""
) -> WorksheetDraft:
    """A draft of a new worksheet: blank with one section, or a copy of another. Raises ``Gone`` for nothing to copy.

    A copy is called for at no moment and plays no part of its own until somebody says so: two sheets that do would both
    be due.
    """
    key = new_key(title, _taken_keys(programme), fallback="worksheet", joint="-")
    definition = _copied(programme, copy_of) if copy_of else _blank(filled_by)
    definition |= {"key": key, "title": title, "order": _last_order(programme) + 10, "ours": True}
    return WorksheetDraft.objects.create(programme=programme, key=key, definition=definition, changed_by=actor)


def _taken_keys(programme: Programme) -> Iterable[str]:
    published = Template.objects.filter(handbook=programme.handbook_id).values_list("key", flat=True)
    drafts = WorksheetDraft.objects.filter(programme=programme).values_list("key", flat=True)
    return {*published, *drafts, *RESERVED}


def _blank(filled_by: str) -> Definition:
    section = {"key": "questions", "title": _("Questions"), "fields": []}
    preset = "author-coordinator" if filled_by in {"coordinator", "supervisor"} else "pair"
    return {"filled_by": filled_by, "readers": {"preset": preset}, "sections": [section]}


def _copied(programme: Programme, key: str) -> Definition:
    base = newest_version(programme, key)
    if base is None or key == AGREEMENT_KEY:
        raise Gone(key)
    left = {"moments", "use", "source", "in_use"}
    return {name: value for name, value in deepcopy(base.definition).items() if name not in left}


def _last_order(programme: Programme) -> int:
    orders = TemplateVersion.objects.filter(template__handbook=programme.handbook_id).values_list("definition__order")
    return max([0, *(order for (order,) in orders if isinstance(order, int))])


def next_position(programme: Programme) -> int:
    """The place of a new worksheet behind all others."""
    last = Template.objects.filter(handbook=programme.handbook_id).aggregate(last=Max("position"))["last"]
    return 1 + (last or 0)


@transaction.atomic
def change_draft(
    *, draft: WorksheetDraft, actor: User, step: Step, base: str = "", part: Callable[[Definition], Any] | None = None
) -> WorksheetDraft:
    """Change a draft by one step, under a lock. ``step`` changes the definition it is given.

    ``part`` picks what the step is about and ``base`` is the fingerprint it was shown with: where it reads otherwise by
    now, nothing is changed and ``Stale`` raised. Raises ``Gone`` when the draft or what the step is about is not there.
    """
    row = WorksheetDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if row is None:
        raise Gone(draft.key)
    if part is not None and fingerprint(part(row.definition)) != base:
        raise Stale(row)
    definition = deepcopy(row.definition)
    step(definition)
    if definition == row.definition:
        return row
    return _keep_step(row, definition, actor)


@transaction.atomic
def undo_step(*, draft: WorksheetDraft, actor: User, revision: int) -> WorksheetDraft:
    """Take the last step back. Raises ``Stale`` when there was another one since, ``Gone`` without a draft."""
    row = WorksheetDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if row is None:
        raise Gone(draft.key)
    if row.revision != revision or row.before is None:
        raise Stale(row)
    return _keep_step(row, row.before, actor)


def _keep_step(row: WorksheetDraft, definition: Definition, actor: User) -> WorksheetDraft:
    """Let the locked draft read so from now on; how it read before is one step back."""
    row.before, row.definition = row.definition, definition
    row.revision += 1
    row.changed_by, row.changed_at = actor, clock.now()
    row.save(update_fields=["before", "definition", "revision", "changed_by", "changed_at"])
    return row


@transaction.atomic
def drop_draft(*, draft: WorksheetDraft, actor: User, revision: int) -> None:
    """Throw a draft away; what is published stays. Raises ``Stale`` when somebody has gone on with it meanwhile."""
    row = WorksheetDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if row is None:
        return
    if row.revision != revision:
        raise Stale(row)
    row.delete()
    record_event("worksheet.dropped", draft.programme, actor=actor, title=draft.title)


def sound(definition: Definition) -> Worksheet:
    """The draft as a worksheet. Raises pydantic's ``ValidationError`` where it has faults."""
    return Worksheet.model_validate(definition)
