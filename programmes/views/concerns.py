"""Concerns: raising one, what became of it, and what a lead has in hand."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.accounts.kept_post import forget_kept_posts, keeps_posts
from mentoring.tenancy.access import Access, access
from mentoring.tenancy.models import Membership
from programmes.domain.concerns.queries import (
    get_concern_for,
    is_lead_of,
    leads_anything,
    led_by,
    notes_for,
    own_places,
    raised_by,
    reading_leads,
)
from programmes.domain.concerns.raising import (
    ClosedConcern,
    NobodyToTell,
    NotTheirs,
    asks_told,
    raise_concern,
    take_step,
    write_note,
)
from programmes.domain.concerns.routing import Route, people_it_may_be_about, route_for, rules_of
from programmes.domain.concerns.states import Step, WrongStep, steps_from
from programmes.domain.coordinators import coordinators_of
from programmes.domain.queries import get_own_participation, or_404
from programmes.domain.roles import roles_for
from programmes.enums import ConcernState
from programmes.forms.concerns import KINDS, SOMEBODY_ELSE, AboutForm, ConcernForm, ConcernNoteForm
from programmes.models import Concern, Participant
from programmes.views.frame import MOVED_ON, posted, to

STEP_WORDS = {
    Step.ACKNOWLEDGE: (gettext_lazy("I have read it"), "circle-check"),
    Step.TAKE_ON: (gettext_lazy("It is in hand"), "pencil"),
    Step.CLOSE: (gettext_lazy("Close it"), "circle-check"),
    Step.REOPEN: (gettext_lazy("Open it again"), "undo-2"),
    Step.RAISE_AGAIN: (gettext_lazy("Raise it again"), "undo-2"),
}


@access(Access.MEMBER)
@require_safe
def concerns(request: HttpRequest, organisation: str) -> HttpResponse:
    """What one has raised, and what one has as a lead."""
    places, leads = own_places(request.user), leads_anything(request.user)
    if not places and not leads:
        or_404(None)
    context = {
        "places": places,
        "own": raised_by(request.user) if places else [],
        "leads": leads,
        "led": led_by(request.user).order_by("closed_at", "raised_at") if leads else [],
    }
    return render(request, "programmes/concern/list.html", context)


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, organisation: str, person: UUID) -> HttpResponse:
    """Raise a concern: whom it is about comes first, since it decides who gets it; then who gets it; then the words."""
    found = get_own_participation(request.user, person)
    rules = rules_of(found.cohort.programme)
    if not rules.offered:
        or_404(None)
    people = people_it_may_be_about(found)
    data = posted(request)
    chosen = (data if data is not None else request.GET).get("about", "")
    about = AboutForm({"about": chosen} if chosen else None, people=[(str(one.pk), one.name) for one in people])
    context: dict[str, Any] = {"person": found, "rules": rules, "about_form": about}
    if not chosen or not about.is_valid():
        return render(request, "programmes/concern/about.html", context)
    named = next((one for one in people if str(one.pk) == chosen), None)
    route = route_for(found, named)
    form = _form(data, found, named, route)
    if request.method == "POST" and form.is_valid():
        concern = _raise(request, found, named, form)
        if concern is not None:
            forget_kept_posts(request)
            messages.success(request, _("It is on its way. You are told by e-mail as soon as somebody has read it."))
            return redirect(to(request, "concern", concern.pk))
    context |= {"form": form, "about": named, "chosen": chosen, "route": route, "somebody_else": SOMEBODY_ELSE}
    if not route.leads_somewhere:
        context["coordinators"] = coordinators_of(found.cohort.programme)
    return render(request, "programmes/concern/create.html", context)


def _form(data: Any, person: Participant, about: Membership | None, route: Route) -> ConcernForm:
    rules = rules_of(person.cohort.programme)
    kinds = [(one.key, one.label) for one in rules.about] or [(key, str(words)) for key, words in KINDS]
    theirs = ""
    if route.theirs is not None and about is not None:
        theirs = _("Send it to %(lead)s too, who looks after the people of %(partner)s") % {
            "lead": route.theirs.name,
            "partner": route.theirs.partner,
        }
    return ConcernForm(data, kinds=kinds, asks_told=asks_told(person), theirs=theirs)


def _raise(request: HttpRequest, person: Participant, about: Membership | None, form: ConcernForm) -> Concern | None:
    try:
        return raise_concern(
            person=person,
            about=about,
            text=form.cleaned_data["text"],
            answers=form.answers(),
            ask_theirs=form.cleaned_data.get("theirs", False),
            actor=request.user,
        )
    except NobodyToTell:
        form.add_error(None, _("It was not sent: nobody would get it just now. What you wrote still stands below."))
        return None


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def concern(request: HttpRequest, organisation: str, concern: UUID) -> HttpResponse:
    """One concern, as its lead or as who raised it; POST adds to it."""
    found = get_concern_for(request.user, concern)
    is_lead = is_lead_of(request.user, found)
    form = ConcernNoteForm(posted(request), is_lead=is_lead)
    if request.method == "POST" and form.is_valid():
        try:
            write_note(concern=found, actor=request.user, **form.cleaned_data)
        except ClosedConcern:
            form.add_error(None, _("It was closed meanwhile. Open it again first; what you wrote still stands here."))
        else:
            forget_kept_posts(request)
            return redirect(to(request, "concern", found.pk))
    person = found.participant
    context = {
        "concern": found,
        "person": person,
        "is_lead": is_lead,
        "is_own": found.participant_id in roles_for(request.user).participants,
        "kind": _kind(found),
        "told_on": _day(found),
        "notes": notes_for(request.user, found),
        "leads": reading_leads(found),
        "mailbox": rules_of(person.cohort.programme).mailbox,
        "form": form,
        "is_closed": found.state == ConcernState.CLOSED,
        "steps": [(step, *STEP_WORDS[step]) for step in steps_from(found.state, by_lead=is_lead)],
    }
    return render(request, "programmes/concern/detail.html", context)


def _kind(found: Concern) -> str:
    options = {one.key: one.label for one in rules_of(found.participant.cohort.programme).about}
    return options.get(found.answers.get("kind", "")) or str(dict(KINDS).get(found.answers.get("kind", ""), ""))


def _day(found: Concern) -> dt.date | None:
    told_on = found.answers.get("told_on")
    return dt.date.fromisoformat(told_on) if told_on else None


@access(Access.MEMBER)
@require_POST
def step(request: HttpRequest, organisation: str, concern: UUID, step: str) -> HttpResponse:
    """Take a concern on by one step."""
    found = get_concern_for(request.user, concern)
    if step not in set(Step):
        or_404(None)
    try:
        take_step(concern=found, step=Step(step), actor=request.user)
    except NotTheirs:
        or_404(None)
    except WrongStep:
        messages.info(request, MOVED_ON)
    return redirect(to(request, "concern", found.pk))
