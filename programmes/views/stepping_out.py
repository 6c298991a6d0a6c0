"""Stepping out of a cohort before one is paired."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentoring.tenancy.access import Access, access
from programmes.domain.coordinators import coordinators_of
from programmes.domain.guards import why_not_withdrawn
from programmes.domain.queries import get_own_participation
from programmes.domain.states import WrongStep
from programmes.domain.stepping_out import StillPaired, step_out
from programmes.views.frame import to


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, organisation: str, person: UUID) -> HttpResponse:
    """What stepping out means; a POST does it. Nothing is asked."""
    found = get_own_participation(request.user, person)
    if request.method == "POST":
        try:
            step_out(person=found, actor=request.user)
        except StillPaired:
            messages.info(request, _("You are in a running pair. It is ended first, and nobody asks you why."))
            return redirect(to(request, "step_out", found.pk))
        except WrongStep:
            messages.info(request, _("Nothing was changed: somebody else was faster."))
        else:
            words = _("You have stepped out of %(programme)s. Thank you for having looked into it.")
            messages.success(request, words % {"programme": found.cohort.programme.title})
        return redirect(f"/o/{request.organisation.slug}/")
    context = {
        "person": found,
        "cohort": found.cohort,
        "is_paired": bool(why_not_withdrawn(found)),
        "coordinators": coordinators_of(found.cohort.programme),
    }
    return render(request, "programmes/own/step_out.html", context)
