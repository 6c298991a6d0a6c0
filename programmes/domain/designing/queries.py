"""What the designer's pages read."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404

from programmes.domain.designing.agreements import is_agreement
from programmes.domain.designing.words import FILLERS, called_for, readers_words
from programmes.models import Programme, WorksheetDraft
from templates_app.domain.kits import AGREEMENT_KEY, current_versions, kit_of, worksheet_of
from templates_app.models import Response, ResponseState, TemplateVersion
from templates_app.shapes import Filler


@dataclass(frozen=True)
class InUse:
    """How many sheets of a worksheet there are, by how they stand."""

    drafts: int = 0
    reopened: int = 0
    sent: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.drafts + self.reopened + self.sent


@dataclass(frozen=True)
class Listed:
    """A worksheet of the handbook as the list shows it; ``version`` is None for one that is only a draft."""

    key: str
    title: str
    filled_by: str
    readers: str
    due: list[str]
    version: int | None
    sheets: InUse
    draft: WorksheetDraft | None
    in_use: bool = True
    """Whether anybody can come to it."""


def listed_worksheets(programme: Programme) -> list[Listed]:
    """Every worksheet of a programme's handbook in its order, those out of use after the others, then those that are only
    drafts. Four queries at most.
    """
    kit, counts = kit_of(programme.handbook), _counts(programme)
    drafts = {draft.key: draft for draft in drafts_of(programme) if not is_agreement(draft.key)}
    found = []
    versions = [row for key, row in current_versions(programme.handbook).items() if key != AGREEMENT_KEY]
    for version in sorted(versions, key=_place):
        sheet = worksheet_of(version)
        found.append(
            Listed(
                sheet.key,
                sheet.title,
                str(FILLERS[sheet.filled_by]),
                readers_words(sheet.readers),
                called_for(sheet, kit) if sheet.in_use else [],
                version.number,
                counts.get(sheet.key, InUse()),
                drafts.pop(sheet.key, None),
                sheet.in_use,
            )
        )
    return [*found, *(_only_draft(draft) for draft in drafts.values())]


def _place(row: TemplateVersion) -> tuple[bool, int, int]:
    sheet = worksheet_of(row)
    return not sheet.in_use, sheet.order, row.template.position


def _only_draft(draft: WorksheetDraft) -> Listed:
    filler = str(FILLERS[Filler(draft.definition["filled_by"])])
    return Listed(draft.key, draft.title, filler, "", [], None, InUse(), draft)


def _counts(programme: Programme) -> dict[str, InUse]:
    rows = Response.objects.filter(version__template__handbook=programme.handbook_id)
    grouped = rows.values_list("version__template__key", "state").annotate(count=Count("pk"))
    found: dict[str, dict[str, int]] = {}
    for key, state, count in grouped:
        found.setdefault(key, {})[state] = count
    return {key: _in_use(states) for key, states in found.items()}


def _in_use(states: dict[str, int]) -> InUse:
    return InUse(
        drafts=states.get(ResponseState.DRAFT, 0),
        reopened=states.get(ResponseState.REOPENED, 0),
        sent=states.get(ResponseState.SUBMITTED, 0),
    )


def in_use(programme: Programme, key: str) -> InUse:
    """How many sheets there are of one worksheet. One query."""
    rows = Response.objects.filter(version__template__handbook=programme.handbook_id, version__template__key=key)
    return _in_use(dict(rows.values_list("state").annotate(count=Count("pk"))))


def drafts_of(programme: Programme) -> QuerySet[WorksheetDraft]:
    """The open drafts of a programme."""
    return WorksheetDraft.objects.filter(programme=programme).select_related("changed_by", "base")


def find_draft(programme: Programme, key: str) -> WorksheetDraft | None:
    """The open draft of a worksheet, if there is one."""
    draft = drafts_of(programme).filter(key=key).first()
    if draft is not None:
        draft.programme = programme
    return draft


def versions_of(programme: Programme, key: str) -> QuerySet[TemplateVersion]:
    """The published versions of a worksheet, the newest first. The agreement's own fields are no worksheet here."""
    rows = TemplateVersion.objects.filter(template__handbook=programme.handbook_id, template__key=key)
    rows = rows.exclude(template__key=AGREEMENT_KEY).select_related("template", "published_by")
    return rows.order_by("-number")


def get_version_of(programme: Programme, key: str, number: int) -> TemplateVersion:
    """One of them, or the one 404."""
    return get_object_or_404(versions_of(programme, key), number=number)


def sheets_by_version(programme: Programme, key: str) -> dict[UUID, int]:
    """How many sheets stand on each version. One query."""
    rows = Response.objects.filter(version__template__handbook=programme.handbook_id, version__template__key=key)
    return dict(rows.values_list("version").annotate(count=Count("pk")))
