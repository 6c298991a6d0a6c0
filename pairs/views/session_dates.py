"""One session: another time, called off, held, or not held after all; and a further meeting to get to know each other."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mentoring.tenancy.access import Access, access
from mentoring.ui.messages import done_with_undo
from pairs.domain.alongside import adds_sessions
from pairs.domain.dating import CannotDate
from pairs.domain.meetings import meeting_of
from pairs.domain.places import notice_words
from pairs.domain.session_states import WrongState
from pairs.domain.sessions import add_meeting, add_session, cancel_session, hold_session, move_session, unhold_session
from pairs.domain.timings import length_remark
from pairs.domain.undone import undone
from pairs.forms.session import ExtraMeetingForm, HeldForm, MeetingForm
from pairs.models import Pairing, Schedule, Session
from pairs.views.common import first_things, myself, own_pairing, own_session, to
from templates_app.domain.kits import kit_of

PLAN = "pairs.plan_sessions"


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, organisation: str, pairing: UUID, session: UUID) -> HttpResponse:
    """Give a session another time; a cancelled one comes back with it."""
    found = own_session(request, pairing, session, PLAN)
    _people, person = myself(request, found.pairing)
    sent = request.POST if request.method == "POST" else None
    form = MeetingForm(sent, zone=person.zone, session=found, offered=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        values = _chosen(form)
        if _done(request, form, lambda: move_session(session=found, zone=form.zone, actor=request.user, **values)):
            messages.success(request, _("The new time is set."))
            _remark(request, found.pairing, values["minutes"], values["where"].way)
            return to(request, "pairs:session", found.pairing_id, found.pk)
    return _page(request, "pairs/sessions/move.html", found, form)


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """Add a meeting to get to know each other, under session 1; in a group also one of one mentee with the mentors."""
    found = own_pairing(request, pairing, PLAN)
    if found.is_alongside:  # every session is one they add
        raise Http404
    people, person = myself(request, found)
    schedule = Schedule.objects.get(pairing=found)
    blank = Session(pairing=found, number=1, part=1, minutes=schedule.minutes, link=schedule.link)
    sent = request.POST if request.method == "POST" else None
    form = ExtraMeetingForm(sent, zone=person.zone, session=blank, people=people, person=person)
    if request.method == "POST" and form.is_valid():
        values = _chosen(form) | {"mentee": form.mentee}
        if _done(request, form, lambda: add_meeting(pairing=found, zone=form.zone, actor=request.user, **values)):
            messages.success(request, _("The meeting is added. The sessions of your plan stay as they are."))
            return to(request, "pairs:sessions", found.pk)
    return _page(request, "pairs/sessions/add.html", blank, form)


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def further(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """Add a session after those there are, where the handbook leaves their number open."""
    found = own_pairing(request, pairing, PLAN)
    if not adds_sessions(found):
        raise Http404
    _people, person = myself(request, found)
    schedule = Schedule.objects.get(pairing=found)
    last = found.sessions.order_by("number").values_list("number", flat=True).last() or 0
    blank = Session(pairing=found, number=last + 1, minutes=schedule.minutes, link=schedule.link)
    form = MeetingForm(request.POST if request.method == "POST" else None, zone=person.zone, session=blank)
    if request.method == "POST" and form.is_valid():
        values = _chosen(form)
        if _done(request, form, lambda: add_session(pairing=found, zone=form.zone, actor=request.user, **values)):
            messages.success(request, _("The session is added."))
            _remark(request, found, values["minutes"], values["where"].way)
            return to(request, "pairs:sessions", found.pk)
    return _page(request, "pairs/sessions/further.html", blank, form)


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, organisation: str, pairing: UUID, session: UUID) -> HttpResponse:
    """Ask first: the partner is told, and calendars change."""
    found = own_session(request, pairing, session, PLAN)
    if request.method == "POST":
        try:
            cancel_session(session=found, actor=request.user)
        except WrongState:
            messages.info(request, _("This session is not planned any more."))
        else:
            if found.is_let_go:
                messages.success(request, _("The session is let go. You can give it a date after all at any time."))
                return to(request, "pairs:session", found.pairing_id, found.pk)
            messages.success(request, _("The session is cancelled. Give it a new date when it suits you all."))
        return to(request, "pairs:session", found.pairing_id, found.pk)
    return _page(request, "pairs/sessions/cancel.html", found, None)


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest, organisation: str, pairing: UUID, session: UUID) -> HttpResponse:
    """Say that a session took place, when, and how long it took."""
    found = own_session(request, pairing, session, PLAN)
    names = kit_of(found.pairing.cohort.programme.handbook).plan.sessions_wait_for
    if undone(found.pairing, names):
        return first_things(request, found.pairing, _("Noting that a session took place"), names)
    _people, person = myself(request, found.pairing)
    form = HeldForm(request.POST if request.method == "POST" else None, zone=person.zone, session=found)
    if request.method == "POST" and form.is_valid():
        minutes = form.cleaned_data["minutes"]
        values = {"minutes": minutes, "starts_at": form.starts}
        if _done(request, form, lambda: hold_session(session=found, actor=request.user, **values)):
            undo = reverse("pairs:session-unhold", args=[organisation, found.pairing_id, found.pk])
            done_with_undo(request, _("Noted: the session took place."), undo)
            _remark(request, found.pairing, minutes, found.way)
            return to(request, "pairs:session", found.pairing_id, found.pk)
    return _page(request, "pairs/sessions/hold.html", found, form)


@access(Access.MEMBER)
@require_POST
def unhold(request: HttpRequest, organisation: str, pairing: UUID, session: UUID) -> HttpResponse:
    """It was marked as held by mistake."""
    found = own_session(request, pairing, session, PLAN)
    try:
        unhold_session(session=found, actor=request.user)
    except WrongState:
        messages.info(request, _("This session is not marked as held."))
    else:
        messages.success(request, _("The session is planned again."))
    return to(request, "pairs:session", found.pairing_id, found.pk)


def _chosen(form: MeetingForm) -> dict:
    assert form.chosen is not None
    return {
        "starts_at": form.chosen.at,
        "minutes": form.cleaned_data["minutes"],
        "link": form.cleaned_data["link"],
        "where": form.where,
    }


def _done(request: HttpRequest, form: MeetingForm | HeldForm, act: Callable[[], object]) -> bool:
    """Do it; what the verb refuses goes back into the form."""
    try:
        act()
    except CannotDate as refused:
        form.refuse(refused.faults)
        return False
    except WrongState:
        form.add_error(None, _("The session was changed meanwhile. Look at it again."))
        return False
    return True


def _remark(request: HttpRequest, pairing: Pairing, minutes: int, way: str) -> None:
    if words := length_remark(minutes, kit_of(pairing.cohort.programme.handbook).plan, way):
        messages.warning(request, words)


def _page(request: HttpRequest, template: str, session: Session, form: Form | None) -> HttpResponse:
    people, person = myself(request, session.pairing)
    kit = kit_of(session.pairing.cohort.programme.handbook)
    context = {
        "pairing": session.pairing,
        "session": session,
        "meeting": meeting_of(session, kit, people, person),
        "form": form,
        "notice": notice_words(session, kit.plan, people.others(person).short_name),
        "person": person,
        "partners": people.others(person),
    }
    return render(request, template, context, status=422 if form is not None and form.is_bound else 200)
