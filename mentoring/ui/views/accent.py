"""The stylesheet of one accent colour."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mentoring.tenancy.access import Access, access
from mentoring.ui.accent import accent_css, accent_faults

ONE_YEAR = 365 * 24 * 3600


@access(Access.PUBLIC)
@require_safe
def accent(request: HttpRequest, digits: str) -> HttpResponse:
    """The accent's tokens for light and dark.

    The address says the colour and nothing else, so it can be kept for ever, needs no database, and tells nobody which
    organisations exist.
    """
    colour = f"#{digits}"
    if accent_faults(colour):
        raise Http404
    headers = {"Cache-Control": f"public, max-age={ONE_YEAR}, immutable"}
    return HttpResponse(accent_css(colour), content_type="text/css; charset=utf-8", headers=headers)
