"""A document's page while it is made and after, and its download."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from mentoring.tenancy.access import Access, access
from mentoring.work.models import State
from templates_app.domain.documents import get_document_for, retry_document
from templates_app.domain.owners import may_read_handbook
from templates_app.domain.worksheet_documents import request_blank_pdf
from templates_app.models import Document, TemplateVersion
from templates_app.views.downloads import as_download

STILL_COMING = {State.QUEUED, State.RUNNING}


@access(Access.MEMBER)
@require_safe
def document(request: HttpRequest, organisation: str, document_id: UUID) -> HttpResponse:
    """How far the document is. The page asks again by itself until it is there, with and without JavaScript."""
    return render(request, "templates_app/document/page.html", _values(get_document_for(request.user, document_id)))


@access(Access.MEMBER)
@require_safe
def state(request: HttpRequest, organisation: str, document_id: UUID) -> HttpResponse:
    """The part of the page that changes. 286 tells htmx that there is nothing more to ask for."""
    found = get_document_for(request.user, document_id)
    values = _values(found)
    return render(request, "templates_app/document/_state.html", values, status=200 if values["coming"] else 286)


def _values(found: Document) -> dict[str, object]:
    return {
        "document": found,
        "coming": found.state in STILL_COMING,
        "done": found.state == State.DONE,
        "tried": found.attempts if found.state in STILL_COMING and found.error else 0,
    }


@access(Access.MEMBER)
@require_POST
def retry(request: HttpRequest, organisation: str, document_id: UUID) -> HttpResponse:
    """Try a failed document again."""
    found = get_document_for(request.user, document_id)
    retry_document(document=found, actor=request.user)
    return redirect("templates_app:document", organisation, found.pk)


@access(Access.MEMBER)
@require_safe
def download(request: HttpRequest, organisation: str, document_id: UUID) -> HttpResponse:
    """The PDF itself."""
    found = get_document_for(request.user, document_id, content=True)
    if found.state != State.DONE or found.content is None:
        raise Http404
    return as_download(found.content, name=found.filename, content_type="application/pdf")


@access(Access.MEMBER)
@require_POST
def blank_worksheet(request: HttpRequest, organisation: str, version_id: UUID) -> HttpResponse:
    """Ask for a worksheet to be filled in by hand, and go to its page."""
    version = get_object_or_404(TemplateVersion.objects.select_related("template__handbook"), pk=version_id)
    if not may_read_handbook(request.user, version.template.handbook):
        raise Http404
    made = request_blank_pdf(version=version, actor=request.user)
    return redirect("templates_app:document", organisation, made.pk)
