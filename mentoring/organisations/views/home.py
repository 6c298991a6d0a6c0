"""Where a member lands in an organisation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from mentoring.tenancy.access import Access, access
from mentoring.ui.home import home_of


@access(Access.MEMBER)
@require_safe
def home(request: HttpRequest, organisation: str) -> HttpResponse:
    """To the room that is theirs; a calm page for somebody whom nothing asks for yet."""
    place = home_of(request)
    if place is not None:
        return redirect(place)
    return render(request, "organisations/organisation/waiting.html")
