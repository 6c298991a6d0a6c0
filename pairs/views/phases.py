"""The phases of a pairing, as its own people say where they are."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mentoring.history.actions import action_of
from mentoring.tenancy.access import Access, access, may, require
from mentoring.ui import dates
from mentoring.ui.shapes import Happening
from pairs.domain.moving_phases import CannotMove, MovedMeanwhile, move_phase, phases_of
from pairs.domain.queries import get_pairing_for
from pairs.domain.reading import reader_of
from pairs.domain.sheets import can_add
from pairs.views.common import to


@access(Access.MEMBER)
@require_safe
def phases(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """Every phase with what is done and left, where they are, and how that moved. 404 where the handbook has none."""
    found = get_pairing_for(request.user, pairing)
    require(request, "pairs.see_phases", found)
    reader = reader_of(request.user, found)
    try:
        page = phases_of(reader)
    except CannotMove as fault:
        raise Http404 from fault
    zone = request.user.zone
    context = {
        "pairing": found,
        "reader": reader,
        "page": page,
        "may_move": may(request, "pairs.move_phase", found),
        "may_tick": bool(page.worksheet) and can_add(reader, page.worksheet),
        "happenings": [
            Happening(when=dates.moment(event.at, zone), what=words, icon=action_of(event.action).icon)
            for event, words in page.moves
        ],
    }
    return render(request, "pairs/pairing/phases.html", context)


@access(Access.MEMBER)
@require_POST
def move(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """Go on to a phase, or back to one."""
    found = get_pairing_for(request.user, pairing)
    require(request, "pairs.move_phase", found)
    given = request.POST
    try:
        changed = move_phase(pairing=found, to=given.get("to", ""), was=given.get("was", ""), actor=request.user)
    except CannotMove as fault:
        raise Http404 from fault
    except MovedMeanwhile:
        messages.info(
            request, _("Somebody has moved it meanwhile. Look where you are now, and move it if that is not right.")
        )
    else:
        if changed:
            messages.success(request, _("Noted. Everything that you have written and ticked is as it was."))
    return to(request, "pairs:phases", found.pk)
