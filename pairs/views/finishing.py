"""Completing a pairing together, and another match after it has ended."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mentoring.tenancy.access import Access, access
from pairs.domain.completing import say_complete, unsay_complete
from pairs.domain.ending import closing_of
from pairs.domain.pairing_states import NotYours, WrongState
from pairs.domain.people import people_of
from pairs.domain.queries import get_pairing_for
from pairs.domain.rematching import ask_for_rematch, decide_rematch, rematches_of


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """What completing means, and who has said so; a POST says it for oneself, or takes it back."""
    found = get_pairing_for(request.user, pairing)
    people = people_of(found)
    person, closing = people.of(request.user), closing_of(found)
    if person is None or not person.is_here or not found.is_active or not closing.together:
        raise Http404
    if request.method == "POST":
        return _said(request, found)
    context = {
        "pairing": found,
        "person": person,
        "others": people.others(person),
        "people": people,
        "closing": closing,
    }
    return render(request, "pairs/ending/finish.html", context)


def _said(request: HttpRequest, pairing) -> HttpResponse:
    try:
        if request.POST.get("do") == "back":
            unsay_complete(pairing=pairing, actor=request.user)
            messages.success(request, _("Taken back. You go on."))
        elif say_complete(pairing=pairing, actor=request.user):
            messages.success(request, _("You all say so: your mentoring is complete."))
        else:
            messages.success(request, _("Noted. It is complete once all of you have said so."))
    except WrongState:
        messages.warning(request, _("The pair has ended already."))
    return redirect("pairs:home", request.organisation.slug)


@access(Access.MEMBER)
@require_POST
def ask(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """Ask for another match after the pairing has ended."""
    found = get_pairing_for(request.user, pairing)
    try:
        ask_for_rematch(pairing=found, actor=request.user)
    except NotYours:
        raise Http404 from None
    except WrongState:
        messages.warning(request, _("You have asked already."))
    else:
        messages.success(request, _("The coordinators know that you would like another match. You hear from them."))
    return redirect("pairs:home", request.organisation.slug)


@access(Access.MEMBER)
@require_POST
def decide(request: HttpRequest, organisation: str, pairing: UUID, participant: UUID) -> HttpResponse:
    """Decide on somebody's wish for another match, as a coordinator."""
    found = get_pairing_for(request.user, pairing)
    wish = next((row for row in rematches_of(found) if row.participant_id == participant), None)
    if wish is None:
        raise Http404
    try:
        decide_rematch(part=wish, granted=request.POST.get("answer") == "yes", actor=request.user)
    except NotYours:
        raise Http404 from None
    except WrongState:
        messages.warning(request, _("This is decided already."))
    else:
        messages.success(request, _("Noted, and told."))
    return redirect("pairs:pairing", request.organisation.slug, found.pk)
