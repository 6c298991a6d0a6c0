"""The start page: for visitors what this is, for members the way to their organisation."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from mentoring.accounts.domain.people import memberships_of
from mentoring.tenancy.access import Access, access


@access(Access.PUBLIC)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Straight in for a member of one organisation; a choice for a member of several; otherwise what this is."""
    creation_open = settings.ORGANISATION_CREATION == "open"
    if not request.user.is_authenticated:
        context = {"creation_open": creation_open, "demo": settings.DEMO}
        return render(request, "organisations/landing.html", context)
    memberships = list(memberships_of(request.user))
    if len(memberships) == 1:
        return redirect("organisations:home", memberships[0].organisation.slug)
    context = {"memberships": memberships, "creation_open": creation_open}
    return render(request, "organisations/choice.html", context)
