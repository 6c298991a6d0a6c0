"""What people do with one goal: mark how it stands, open it to the partner, take up the sheet that is about it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentoring.tenancy.access import Access, access
from mentoring.ui.messages import done_with_undo
from pairs.domain.actions import MovedOn
from pairs.domain.goal_marking import mark_goal, may_mark, may_share, share_goal
from pairs.domain.goals import goals_for
from pairs.domain.reading import Reader, reader_of
from pairs.domain.sheets import sheet_about
from pairs.enums import GoalState
from pairs.models import Goal, Pairing
from pairs.views.common import back, own_pairing, to


@access(Access.MEMBER)
@require_POST
def mark(request: HttpRequest, organisation: str, pairing: UUID, goal: UUID, state: str) -> HttpResponse:
    """Say how a goal stands, with a way back. ``was`` in the address is the state that the button's page showed."""
    found, reader = _reading(request, pairing, "pairs.settle_actions")
    row = _goal(reader, goal)
    was = request.GET.get("was", "")
    if state not in GoalState.values or was not in GoalState.values or not may_mark(reader, row):
        raise Http404
    try:
        changed = mark_goal(goal=row, state=GoalState(state), was=GoalState(was), actor=request.user)
    except MovedOn:
        told = _("This was changed meanwhile: it stands as “%(state)s” now. Look at it, and change it if you like.")
        messages.warning(request, told % {"state": row.get_state_display()})
        return back(request, "pairs:goals", found.pk)
    if changed:
        undo = reverse("pairs:goal-mark", args=[organisation, found.pk, row.pk, was])
        told = _("Well done: that is reached.") if state == GoalState.REACHED else _("That is noted.")
        done_with_undo(request, told, f"{undo}?was={state}")
    return back(request, "pairs:goals", found.pk)


@access(Access.MEMBER)
@require_POST
def share(request: HttpRequest, organisation: str, pairing: UUID, goal: UUID) -> HttpResponse:
    """Open one goal to the partner, or close it again (``close`` in the form)."""
    found, reader = _reading(request, pairing, "pairs.settle_actions")
    row = _goal(reader, goal)
    if not may_share(reader, row):
        raise Http404
    shared = "close" not in request.POST
    share_goal(goal=row, shared=shared, actor=request.user)
    messages.success(
        request,
        _("Your partner reads this goal now, and what you change in it later, until you close it again.")
        if shared
        else _("Closed again: your partner does not read this goal any more."),
    )
    return to(request, "pairs:goals", found.pk)


@access(Access.MEMBER)
@require_POST
def sheet(request: HttpRequest, organisation: str, pairing: UUID, goal: UUID, worksheet: str) -> HttpResponse:
    """Take up the one sheet of a worksheet that is about this goal."""
    _found, reader = _reading(request, pairing)
    output = sheet_about(reader=reader, goal=_goal(reader, goal), worksheet=worksheet, actor=request.user)
    return to(request, "pairs:output", output.pk)


def _reading(request: HttpRequest, pairing: UUID, perm: str = "") -> tuple[Pairing, Reader]:
    found = own_pairing(request, pairing, perm)
    return found, reader_of(request.user, found)


def _goal(reader: Reader, goal: UUID) -> Goal:
    """One of those this person may read. Raises ``Http404``."""
    row = next((one for one in goals_for(reader) if one.pk == goal), None)
    if row is None:
        raise Http404
    row.pairing = reader.pairing
    return row
