"""A picture that a worksheet shows."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mentoring.tenancy.access import Access, access
from templates_app.domain.pictures import find_picture

AS_AN_IMAGE = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""A drawing has styles of its own and may do nothing else, also where somebody opens it by itself."""
FOR_GOOD = "private, max-age=31536000, immutable"
"""Another picture has another name."""


@access(Access.MEMBER)
@require_safe
def picture(request: HttpRequest, organisation: str, kept: str) -> HttpResponse:
    """A kept picture, for members who know its fingerprint from a worksheet."""
    found = find_picture(kept)
    if found is None:
        raise Http404
    headers = {
        "Content-Security-Policy": AS_AN_IMAGE,
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": "inline",
        "Cache-Control": FOR_GOOD,
    }
    return HttpResponse(bytes(found.content), content_type=found.content_type, headers=headers)
