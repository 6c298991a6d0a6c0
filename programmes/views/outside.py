"""The page of a link from outside that cannot be used."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from programmes.domain.coordinators import coordinators_of
from programmes.domain.outside import LinkUnusable, Unusable
from programmes.models import Programme


def unusable_link(
    request: HttpRequest, fault: LinkUnusable, programme_of: Callable[[Any], Programme], *, read_on: str = ""
) -> HttpResponse:
    """Why it leads nowhere, and who can help: the coordinators of the programme that what it was sent for belongs to.

    ``read_on`` is the address of what is there to be read for who has answered already.
    """
    if fault.about is None:  # like any address that leads nowhere: it tells nothing of the organisation
        raise Http404 from fault
    context = {"reason": fault.reason.value, "coordinators": coordinators_of(programme_of(fault.about))}
    if fault.reason is Unusable.DECIDED:
        context["read_on"] = read_on
    return render(request, "programmes/choosing/unusable.html", context, status=410)
