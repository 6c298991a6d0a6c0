"""Ending a pairing, at its end or before its time: kindly, with what will happen said first, and without a reason."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mentoring.tenancy.access import Access, access
from pairs.domain.ending import complete_pairing, dissolve_pairing, part_of
from pairs.domain.ending_page import ending_page, pairing_to_end_for
from pairs.domain.membership import leave_pairing, may_leave_alone
from pairs.domain.pairing_states import NotYours, WrongState
from pairs.domain.queries import get_pairing_for
from pairs.models import Pairing


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def end_early(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """Say what ending early means and what was agreed about it; a POST ends it, or leaves a group that goes on."""
    found, part = pairing_to_end_for(request.user, pairing)
    if request.method == "POST" and may_leave_alone(found, request.user):
        leave_pairing(pairing=found, actor=request.user)
        messages.success(request, _("You have left the group. Everybody has been told, and the others go on."))
        return redirect("pairs:home", request.organisation.slug)
    if request.method == "POST":
        return _end(request, found, dissolve_pairing)
    if not found.is_active:
        return _ended_already(request, found, part)
    return render(
        request, "pairs/ending/early.html", {"page": ending_page(found, part, request.user), "pairing": found}
    )


@access(Access.MEMBER)
@require_POST
def complete(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """Close a pairing that has run its course."""
    return _end(request, get_pairing_for(request.user, pairing), complete_pairing)


def _end(request: HttpRequest, pairing: Pairing, verb) -> HttpResponse:
    try:
        part = part_of(pairing, request.user)
        verb(pairing=pairing, actor=request.user)
    except NotYours:
        raise PermissionDenied from None
    except WrongState:
        return _ended_already(request, pairing, part)
    messages.success(request, _("It has ended. Everybody has been told, and meetings to come are cancelled."))
    return _to_their_pairs(request, pairing, part)


def _ended_already(request: HttpRequest, pairing: Pairing, part: str) -> HttpResponse:
    """Somebody was faster: nothing goes wrong, and nobody learns who it was."""
    messages.warning(request, _("The pair has ended already."))
    return _to_their_pairs(request, pairing, part)


def _to_their_pairs(request: HttpRequest, pairing: Pairing, part: str) -> HttpResponse:
    if part == "coordinator":
        return redirect("pairs:pairing", request.organisation.slug, pairing.pk)
    return redirect("pairs:home", request.organisation.slug)
