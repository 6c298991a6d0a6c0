"""A participant's pages of choosing: where they stand, the list of mentors, one of them, and somebody off the list."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.accounts.kept_post import keeps_posts
from mentoring.tenancy.access import Access, access
from programmes.domain.choosing.approvals import newest_approval
from programmes.domain.choosing.asking import begin_request, name_mentor
from programmes.domain.choosing.directory import (
    entries_of,
    filter_fields,
    get_directory_cohort,
    get_entry,
    page_of_mentors,
)
from programmes.domain.choosing.doors import may_pause, open_mentor, pause_mentor
from programmes.domain.choosing.next_steps import next_step_of
from programmes.domain.choosing.queries import requests_by, requests_to, shortlist_of
from programmes.domain.choosing.shortlist import keep_in_mind, let_go
from programmes.domain.choosing.standing import CannotAsk, rules_against, why_not_yet
from programmes.domain.choosing.states import NotYours
from programmes.domain.choosing.terms import approval_terms, asking_of, directory_of
from programmes.domain.queries import get_own_participation
from programmes.enums import Side
from programmes.forms.choosing import MentorFilterForm, NameMentorForm
from programmes.models import Participant
from programmes.views.frame import posted, to


def own_place(request: HttpRequest, person: UUID) -> Participant:
    """A place of one's own in a cohort whose mentees choose. Raises ``Http404``."""
    found = get_own_participation(request.user, person)
    if asking_of(found.cohort) is None:
        raise Http404
    return found


def _frame(found: Participant, **more: Any) -> dict[str, Any]:
    return {"person": found, "cohort": found.cohort, "terms": asking_of(found.cohort), **more}


@access(Access.MEMBER)
@require_safe
def choosing(request: HttpRequest, organisation: str, person: UUID) -> HttpResponse:
    """Where one stands: what is next, whom one has asked or who asks, whom one keeps in mind."""
    found = own_place(request, person)
    context = _frame(found, step=next_step_of(found))
    if found.side == Side.MENTOR:
        context |= {"requests": requests_to(found), "may_pause": may_pause(found, request.user)}
        return render(request, "programmes/choosing/mentor_side.html", context)
    context |= {
        "requests": requests_by(found),
        "entries": entries_of(found, request.user, [mentor.pk for mentor in shortlist_of(found)]),
        "not_yet": why_not_yet(found),
        "has_list": directory_of(found.cohort) is not None,
        "approval_terms": approval_terms(found),
        "approval": newest_approval(found),
    }
    return render(request, "programmes/choosing/mentee_side.html", context)


@access(Access.MEMBER)
@require_safe
def mentors(request: HttpRequest, organisation: str, person: UUID) -> HttpResponse:
    """The mentors who are open, with filters, a page at a time."""
    found = own_place(request, person)
    directory = directory_of(get_directory_cohort(found))
    if directory is None:
        raise Http404
    filters = filter_fields(found.cohort, request.user)
    form = MentorFilterForm(request.GET, filters=filters, searches=bool(directory.searches))
    page = page_of_mentors(found, request.user, form.chosen(), request.GET.get("page"), form.words())
    return render(request, "programmes/choosing/mentors.html", _frame(found, form=form, page=page))


@access(Access.MEMBER)
@require_safe
def mentor(request: HttpRequest, organisation: str, person: UUID, mentor: UUID) -> HttpResponse:
    """One mentor with everything they show, and the ways on."""
    found = own_place(request, person)
    entry = get_entry(found, request.user, mentor)
    rules = rules_against(found.cohort, entry.mentor, found)
    context = _frame(
        found,
        entry=entry,
        forbidden=[rule.text for rule in rules if rule.effect == "forbid"],
        warned=[rule.text for rule in rules if rule.effect != "forbid"],
    )
    return render(request, "programmes/choosing/mentor.html", context)


@access(Access.MEMBER)
@require_POST
def in_mind(request: HttpRequest, organisation: str, person: UUID, mentor: UUID) -> HttpResponse:
    """Put a mentor on one's shortlist, or take them off."""
    found = own_place(request, person)
    other = get_entry(found, request.user, mentor).mentor
    if request.POST.get("do") == "drop":
        let_go(mentee=found, mentor=other, actor=request.user)
        messages.success(request, _("%(name)s is off your list.") % {"name": other.name})
    else:
        try:
            keep_in_mind(mentee=found, mentor=other, actor=request.user)
        except CannotAsk as fault:
            messages.warning(request, str(fault))
        else:
            messages.success(request, _("%(name)s is on your list. Nobody but you sees it.") % {"name": other.name})
    return redirect(to(request, "mentor", found.pk, other.pk))


@access(Access.MEMBER)
@require_POST
def ask(request: HttpRequest, organisation: str, person: UUID, mentor: UUID) -> HttpResponse:
    """Begin a request to a mentor of the list, or go on with it. It goes out only when it is sent."""
    found = own_place(request, person)
    other = get_entry(found, request.user, mentor).mentor
    try:
        begun = begin_request(mentee=found, mentor=other, actor=request.user)
    except CannotAsk as fault:
        messages.warning(request, str(fault))
        return redirect(to(request, "mentor", found.pk, other.pk))
    return redirect(to(request, "request", begun.pk))


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def by_address(request: HttpRequest, organisation: str, person: UUID) -> HttpResponse:
    """Somebody who is not in the list, named by their address."""
    found = own_place(request, person)
    terms = asking_of(get_directory_cohort(found))
    if terms is None or not terms.off_list:
        raise Http404
    form = NameMentorForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            begun = name_mentor(mentee=found, actor=request.user, **form.cleaned_data)
        except CannotAsk as fault:
            form.add_error(None, str(fault))
        else:
            return redirect(to(request, "request", begun.pk))
    context = _frame(found, form=form, not_yet=why_not_yet(found))
    status = 422 if request.method == "POST" else 200
    return render(request, "programmes/choosing/by_address.html", context, status=status)


@access(Access.MEMBER)
@require_POST
def door(request: HttpRequest, organisation: str, person: UUID) -> HttpResponse:
    """Close one's own door for a while, or open it."""
    found = own_place(request, person)
    try:
        move_door(request, found)
    except NotYours as fault:
        raise Http404 from fault
    return redirect(to(request, "choosing", found.pk))


def move_door(request: HttpRequest, person: Participant) -> None:
    """Take a mentor out of the list (``do=close``) or put them back. Raises ``NotYours``."""
    if request.POST.get("do") == "close":
        pause_mentor(person=person, actor=request.user)
        messages.success(request, _("Nobody new asks now. What was asked before still waits for an answer."))
    else:
        open_mentor(person=person, actor=request.user)
        messages.success(request, _("The door is open again: mentees can find and ask."))
