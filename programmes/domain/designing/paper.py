"""A draft on paper: the blank PDF of what is not published yet, for coordinators alone."""

from mentoring.accounts.models import User
from programmes.domain.designing.previewing import previewable
from programmes.domain.roles import roles_for
from programmes.models import WorksheetDraft
from templates_app.domain.documents import (
    NoLongerWanted,
    register_document_reader,
    register_renderer,
    request_document,
)
from templates_app.domain.responses import plain_context
from templates_app.domain.worksheet_documents import blank_sheet_html
from templates_app.models import Document

KIND = "draft-worksheet"


def request_draft_pdf(*, draft: WorksheetDraft, actor: User) -> Document:
    """Ask for a draft's blank PDF as it stands."""
    return request_document(
        kind=KIND,
        subject=draft,
        revision=f"{draft.revision}.{actor.language}",
        title=draft.title,
        filename=f"{draft.title}.pdf",
        actor=actor,
    )


def _render(document: Document) -> str:
    draft = _draft_of(document)
    sheet = previewable(draft.definition)[0] if draft else None
    if sheet is None or document.requested_by is None:
        raise NoLongerWanted("the draft is gone, or cannot be drawn")
    return blank_sheet_html(sheet, plain_context(document.requested_by))


def _reads(user: User, document: Document) -> bool:
    draft = _draft_of(document)
    return draft is not None and roles_for(user).coordinates(draft.programme_id)


def _draft_of(document: Document) -> WorksheetDraft | None:
    return WorksheetDraft.objects.filter(pk=document.subject_id).first()


def register_draft_documents() -> None:
    """Say how these documents are made and who reads them. For ``AppConfig.ready``."""
    register_renderer(KIND, _render)
    register_document_reader(KIND, _reads)
