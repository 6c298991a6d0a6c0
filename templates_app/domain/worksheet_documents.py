"""Worksheets as PDFs: filled in, for one reader as that reader may see it, and blank, to be written on by hand."""

import hashlib
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from mentoring.accounts.models import User
from mentoring.tenancy.scope import current_organisation
from mentoring.ui import dates
from templates_app.answers import AnswerContext, display
from templates_app.domain.blank_sheets import blank_sections
from templates_app.domain.clauses import groups_of
from templates_app.domain.documents import (
    NoLongerWanted,
    register_document_reader,
    register_renderer,
    request_document,
)
from templates_app.domain.kits import AGREEMENT_KEY, kit_of, worksheet_of
from templates_app.domain.owners import Line, WorksheetOwner, may_read_handbook, owner_for
from templates_app.domain.responses import answers_of, plain_context
from templates_app.models import Document, Response, TemplateVersion
from templates_app.shapes import Kit, Need, Preset, Worksheet
from templates_app.shapes.kinds import SIGNED

FILLED, BLANK = "worksheet", "blank-worksheet"


# --- Filled in ------------------------------------------------------------------------------------------------------


class NotSignedByAll(Exception):
    """A sheet that several sign is no paper before all have."""


def waits_for_signatures(response: Response) -> bool:
    """Whether several have to sign the sheet and it is not sent yet, which needs all of them (``sssc.must.7``)."""
    signing = (field for field in worksheet_of(response.version).fields() if field.kind in SIGNED)
    return not response.is_submitted and len({field.signer for field in signing if field.need is Need.MUST}) > 1


def request_worksheet_pdf(*, owner: WorksheetOwner, actor: User) -> Document:
    """Ask for the PDF of a response as it stands and as ``actor`` may read it, in their language and zone.

    It is theirs alone: another reader may be allowed more or fewer fields, and gets a document of their own. Raises
    ``NotSignedByAll`` while somebody still has to sign.
    """
    if waits_for_signatures(owner.response) or _is_being_signed(owner):
        raise NotSignedByAll
    return request_document(
        kind=FILLED,
        subject=owner.response,
        revision=_revision(owner, actor),
        title=owner.title,
        filename=f"{owner.title}.pdf",
        actor=actor,
    )


def _is_being_signed(owner: WorksheetOwner) -> bool:
    """Whether it was sent to be signed and somebody still has to."""
    return owner.signatures is not None and owner.signatures.is_open


def _revision(owner: WorksheetOwner, reader: User) -> str:
    signed = f".{owner.signatures.mark}" if owner.signatures else ""
    return f"{owner.response.revision}{signed}.{_view_of(owner, reader)}"


def _view_of(owner: WorksheetOwner, reader: User) -> str:
    """Who looks, and which fields are not for them: a right taken away meanwhile gives another value."""
    fields = worksheet_of(owner.response.version).fields()
    hidden = ",".join(sorted(shape.key for shape in fields if not owner.may_read(shape)))
    return f"{reader.pk.hex}.{hashlib.sha256(hidden.encode()).hexdigest()[:12] if hidden else 'all'}"


def worksheet_html(owner: WorksheetOwner) -> str:
    """A response as a whole HTML document, from the same structure as the page. Upper rooms bundle these too."""
    response, context = owner.response, owner.context
    values = {
        "title": owner.title,
        "lines": [*owner.lines, *_moments(response, context)],
        "sections": display(worksheet_of(response.version), answers_of(response), context, owner.may_read),
        "organisation": current_organisation(),
        "document_language": context.locale,
        "is_draft": not response.is_submitted,
        "signatures": owner.signatures if response.is_submitted else None,
    }
    return render_to_string("documents/worksheet.html", values)


def _moments(response: Response, context: AnswerContext) -> list[Line]:
    if response.is_submitted and response.submitted_at:
        return [Line(label=_("Sent"), text=dates.moment(response.submitted_at, context.zone))]
    if response.saved_at:
        return [Line(label=_("Saved"), text=dates.moment(response.saved_at, context.zone))]
    return []


def _render_filled(document: Document) -> str:
    owner = _owner_of(document, document.requested_by)
    if owner is None:
        raise NoLongerWanted("not readable any more by who asked")
    return worksheet_html(owner)


def _reads_filled(user: User, document: Document) -> bool:
    return document.requested_by_id == user.pk and _owner_of(document, user) is not None


def _owner_of(document: Document, reader: User | None) -> WorksheetOwner | None:
    """The response as its reader meets it now, or ``None`` where it may not be read as it was when they asked."""
    response = Response.objects.select_related("version").filter(pk=document.subject_id).first()
    owner = owner_for(reader, response) if reader and response and not waits_for_signatures(response) else None
    if owner is None or reader is None or _is_being_signed(owner):
        return None
    if not document.revision.endswith(f".{_view_of(owner, reader)}"):
        return None
    return owner


# --- Blank ----------------------------------------------------------------------------------------------------------


def request_blank_pdf(*, version: TemplateVersion, actor: User) -> Document:
    """Ask for a worksheet to be filled in by hand: once for all who may read the handbook.

    The agreement's has the text that is signed too, and is made anew when the handbook has changed.
    """
    title = worksheet_of(version).title
    template = version.template
    changes = f".{template.handbook.revision}" if template.key == AGREEMENT_KEY else ""
    return request_document(
        kind=BLANK,
        subject=version,
        revision=f"{actor.language}{changes}",
        title=title,
        filename=f"{title} - {_('blank')}.pdf",
        actor=actor,
    )


def blank_html(version: TemplateVersion, context: AnswerContext) -> str:
    """A worksheet to write on, as a whole HTML document; the agreement with its whole text and room to sign."""
    kit = kit_of(version.template.handbook) if version.template.key == AGREEMENT_KEY else None
    return blank_sheet_html(worksheet_of(version), context, kit)


def blank_sheet_html(worksheet: Worksheet, context: AnswerContext, kit: Kit | None = None) -> str:
    """The same for a worksheet that may not be published yet; with a ``kit`` it is that of its agreement."""
    says_who = any(shape.prefill == "person.name" for shape in worksheet.fields())
    values: dict[str, Any] = {
        "worksheet": worksheet,
        "agreement": kit.agreement if kit else None,
        "signers": _signers(kit) if kit else (),
        "groups": groups_of(kit.agreement) if kit else (),
        "sections": blank_sections(worksheet, context),
        "asks_who": not says_who and kit is None and worksheet.readers.preset is not Preset.ANONYMOUS,
        "organisation": current_organisation(),
        "document_language": context.locale,
    }
    return render_to_string("documents/blank_worksheet.html", values)


def _signers(kit: Kit) -> list[str]:
    titles = {role.key: role.title for role in kit.roles} | {one.key: one.label for one in kit.agreement.outside}
    return [titles.get(one, one) for one in kit.agreement.turns]


def _render_blank(document: Document) -> str:
    version = TemplateVersion.objects.filter(pk=document.subject_id).first()
    if version is None:
        raise NoLongerWanted("the worksheet is gone")
    reader = document.requested_by
    return blank_html(version, plain_context(reader) if reader else AnswerContext(locale=document.language))


def _reads_blank(user: User, document: Document) -> bool:
    found = TemplateVersion.objects.select_related("template__handbook").filter(pk=document.subject_id).first()
    return found is not None and may_read_handbook(user, found.template.handbook)


def register_worksheet_documents() -> None:
    """Say how these documents are made and who reads them. For ``AppConfig.ready``."""
    register_renderer(FILLED, _render_filled)
    register_document_reader(FILLED, _reads_filled)
    register_renderer(BLANK, _render_blank)
    register_document_reader(BLANK, _reads_blank)
