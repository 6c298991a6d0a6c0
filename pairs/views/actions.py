"""What the two have said they will do: open, done or let go."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from mentoring.tenancy.access import Access, access, may
from mentoring.ui.messages import done_with_undo
from pairs.domain.action_pages import actions_page
from pairs.domain.actions import MovedOn, actions_for, settle_action, warn_of_action
from pairs.domain.people import NotAMember
from pairs.domain.reading import reader_of
from pairs.enums import ActionState
from pairs.views.common import back, myself, own_pairing, to

WORDS = {
    ActionState.DONE: _("Well done: that is settled."),
    ActionState.DROPPED: _("Let go."),
    ActionState.OPEN: _("Open again."),
    ActionState.DOING: _("Under way: good that you have begun."),
}


@access(Access.MEMBER)
@require_safe
def actions(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """All actions of the pair, open ones first."""
    found = own_pairing(request, pairing)
    people, person = myself(request, found)
    context = {
        "pairing": found,
        "person": person,
        "partners": people.others(person),
        "page": actions_page(reader_of(request.user, found)),
        "may_settle": may(request, "pairs.settle_actions", found),
    }
    return render(request, "pairs/action/list.html", context)


@access(Access.MEMBER)
@require_POST
def settle(request: HttpRequest, organisation: str, pairing: UUID, action: UUID, state: str) -> HttpResponse:
    """Mark an action (``state``: done, dropped, open), with a way back.

    ``was`` in the address is the state that the button's page showed: of two clicks only the first counts.
    """
    found = own_pairing(request, pairing, "pairs.settle_actions")
    row = next((one for one in actions_for(reader_of(request.user, found)) if one.pk == action), None)
    if row is None:
        raise Http404
    row.pairing = found
    was = request.GET.get("was", "")
    if state not in ActionState.values or was not in ActionState.values:
        raise Http404
    try:
        changed = settle_action(action=row, state=ActionState(state), was=ActionState(was), actor=request.user)
    except MovedOn:
        told = _("This was changed meanwhile: it stands as “%(state)s” now. Look at it, and change it if you like.")
        messages.warning(request, told % {"state": row.get_state_display()})
        return back(request, "pairs:actions", found.pk)
    if changed or row.settled_by_id == request.user.pk:
        undo = reverse("pairs:action-settle", args=[organisation, found.pk, row.pk, was])
        done_with_undo(request, str(WORDS[ActionState(state)]), f"{undo}?was={state}")
    else:
        told = _("This was changed already: it stands as “%(state)s”.")
        messages.info(request, told % {"state": row.get_state_display()})
    return back(request, "pairs:actions", found.pk)


@access(Access.MEMBER)
@require_POST
def warn(request: HttpRequest, organisation: str, pairing: UUID, action: UUID) -> HttpResponse:
    """Say beforehand that an action will take longer than agreed."""
    found = own_pairing(request, pairing, "pairs.settle_actions")
    row = next((one for one in actions_for(reader_of(request.user, found)) if one.pk == action), None)
    if row is None:
        raise Http404
    row.pairing = found
    try:
        warned = warn_of_action(action=row, actor=request.user)
    except NotAMember:
        raise Http404 from None
    except MovedOn:
        told = _("This was changed already: it stands as “%(state)s”.")
        messages.info(request, told % {"state": row.get_state_display()})
        return to(request, "pairs:actions", found.pk)
    if warned:
        messages.success(request, _("Your partner knows. If your next talk makes little sense without it, move it."))
    return to(request, "pairs:actions", found.pk)
