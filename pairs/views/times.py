"""Times for a session: proposed, taken, declined, taken back."""

import datetime as dt
from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mentoring import clock
from mentoring.tenancy.access import Access, access
from mentoring.ui import dates
from pairs.domain.agreeing_times import NotYours, accept_time, decline_times, propose_times, withdraw_times
from pairs.domain.dating import CannotDate
from pairs.domain.meetings import meeting_of
from pairs.domain.presence import at_meeting
from pairs.domain.session_states import WrongState
from pairs.domain.times_waiting import shown_times, times_of
from pairs.forms.times import TimesForm
from pairs.models import Session
from pairs.views.common import myself, own_session, to
from templates_app.domain.kits import kit_of

PLAN = "pairs.plan_sessions"


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, organisation: str, pairing: UUID, session: UUID) -> HttpResponse:
    """Propose up to three times; ``look`` shows them on the others' clocks first, and sends nothing."""
    found = own_session(request, pairing, session, PLAN)
    _people, person = myself(request, found.pairing)
    form = TimesForm(request.POST if request.method == "POST" else None, zone=person.zone, session=found)
    if request.method == "POST" and form.is_valid() and "look" not in request.POST and _sent(request, found, form):
        return to(request, "pairs:session", found.pairing_id, found.pk)
    return _page(request, found, form)


def _sent(request: HttpRequest, session: Session, form: TimesForm) -> bool:
    values = {"starts": form.starts, "minutes": form.cleaned_data["minutes"], "zone": form.zone}
    try:
        propose_times(session=session, actor=request.user, **values)
    except CannotDate as refused:
        form.refuse(refused.faults)
        return False
    except WrongState:
        form.add_error(None, _("The session was changed meanwhile. Look at it again."))
        return False
    messages.success(request, _("Your times are on their way."))
    return True


def _page(request: HttpRequest, session: Session, form: TimesForm) -> HttpResponse:
    people, person = myself(request, session.pairing)
    others = at_meeting(session, people).others(person)
    meeting = meeting_of(session, kit_of(session.pairing.cohort.programme.handbook), people, person)
    standing = times_of(session)
    context = {
        "pairing": session.pairing,
        "session": session,
        "meeting": meeting,
        "form": form,
        "rows": [(*row, others.clocks(row[-1], person.zone) if row[-1] else "") for row in form.rows()],
        "person": person,
        "partners": others,
        "now_here": dates.moment(clock.now(), person.zone),
        "now_there": others.clocks(clock.now(), person.zone),
        "standing": shown_times(standing, meeting, people, person) if standing else None,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "pairs/sessions/propose.html", context, status=status)


@access(Access.MEMBER)
@require_POST
def accept(request: HttpRequest, organisation: str, pairing: UUID, session: UUID) -> HttpResponse:
    """Take the time that the button names."""
    found = own_session(request, pairing, session, PLAN)

    def take() -> None:
        accept_time(session=found, start=_named(request.POST.get("time", "")), actor=request.user)
        messages.success(request, _("This is the session's time now."))

    return _answered(request, found, take)


def _named(words: str) -> dt.datetime:
    """The instant that a button names. Raises ``WrongState`` for anything that never stood on one."""
    try:
        return dt.datetime.fromisoformat(words)
    except ValueError as fault:
        raise WrongState("No time is named.") from fault


@access(Access.MEMBER)
@require_POST
def decline(request: HttpRequest, organisation: str, pairing: UUID, session: UUID) -> HttpResponse:
    """Say that none of the times suits."""
    found = own_session(request, pairing, session, PLAN)

    def refuse() -> None:
        decline_times(session=found, seen=request.POST.get("seen", ""), actor=request.user)
        messages.success(request, _("They are told that none of these times suits. You can propose others."))

    return _answered(request, found, refuse)


@access(Access.MEMBER)
@require_POST
def withdraw(request: HttpRequest, organisation: str, pairing: UUID, session: UUID) -> HttpResponse:
    """Take one's own times back."""
    found = own_session(request, pairing, session, PLAN)

    def take_back() -> None:
        withdraw_times(session=found, actor=request.user)
        messages.success(request, _("Your times are taken back."))

    return _answered(request, found, take_back)


def _answered(request: HttpRequest, session: Session, act: Callable[[], None]) -> HttpResponse:
    """Do it and go back to the session; what is not possible (any more) is said there."""
    try:
        act()
    except CannotDate as refused:
        words = " ".join(refused.faults.values())
        messages.error(request, _("This time cannot be taken any more. %(why)s") % {"why": words})
    except NotYours:
        messages.info(request, _("This is for the others to answer."))
    except WrongState:
        messages.info(request, _("These times do not stand any more. Look at how it is now."))
    return to(request, "pairs:session", session.pairing_id, session.pk)
