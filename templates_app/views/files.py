"""A file that somebody put into a worksheet."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mentoring.tenancy.access import Access, access
from templates_app.domain.uploads import get_upload_for
from templates_app.views.downloads import as_download


@access(Access.MEMBER)
@require_safe
def file(request: HttpRequest, organisation: str, upload_id: UUID) -> HttpResponse:
    """Download a file, for whoever may read the answer it is part of."""
    found = get_upload_for(request.user, upload_id)
    if found is None:
        raise Http404
    return as_download(found.content, name=found.name, content_type=found.content_type)
