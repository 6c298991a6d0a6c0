"""The people of a cohort: finding, adding and changing them."""

from uuid import UUID

import rules
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mentoring import clock
from mentoring.accounts.kept_post import keeps_posts
from mentoring.history.actions import action_of
from mentoring.history.domain import sentence, timeline_of
from mentoring.tenancy.access import Access, access, require
from mentoring.ui.dates import moment
from mentoring.ui.shapes import Happening
from programmes.domain.choosing.approvals import newest_approval
from programmes.domain.choosing.doors import may_pause
from programmes.domain.choosing.open_lists import units_of
from programmes.domain.choosing.terms import approval_terms
from programmes.domain.finding import Search, every_match, find_people
from programmes.domain.managers.naming import manager_of
from programmes.domain.managers.terms import deals_with_manager
from programmes.domain.managers.words import manager_words_for
from programmes.domain.people import PersonRefused, add_participant, change_participant
from programmes.domain.people_list import people_csv
from programmes.domain.queries import get_cohort_for, get_participant_of
from programmes.domain.roles import roles_for
from programmes.domain.sheets import sheets_of_person_for
from programmes.domain.states import Step, may
from programmes.domain.training.standing import standing_of
from programmes.forms.people import PersonForm
from programmes.tables import people_table
from programmes.views.frame import cohort_frame, posted, to
from templates_app.views.downloads import csv_download


@access(Access.MEMBER)
@require_safe
def people(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """Search, filter, sort and page; choose people and act on all of them."""
    found = get_cohort_for(request.user, programme, cohort)
    require(request, "programmes.view_people", found)
    listed = find_people(request.user, found, Search.from_query(request.GET))
    context = cohort_frame(request, found) | people_table(request, found, listed)
    context["may_change"] = rules.has_perm("programmes.change_people", request.user, found)
    context["may_add"] = rules.has_perm("programmes.add_people", request.user, found)
    return render(request, "programmes/person/list.html", context)


@access(Access.MEMBER)
@require_safe
def download(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """Everybody found, as a CSV file."""
    found = get_cohort_for(request.user, programme, cohort)
    require(request, "programmes.view_people", found)
    listed = every_match(request.user, found, Search.from_query(request.GET))
    return csv_download(people_csv(listed), name=f"people-{found.slug}.csv")


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """Add somebody by hand; partner leads put forward people of their own partner."""
    found = get_cohort_for(request.user, programme, cohort)
    require(request, "programmes.add_people", found)
    roles = roles_for(request.user)
    runs = roles.coordinates(found.programme_id)
    partners = None if runs else roles.led[found.programme_id]
    form = PersonForm(posted(request), partners=partners, decides=runs, initial={"zone": found.zone})
    if request.method == "POST" and form.is_valid():
        try:
            person = add_participant(
                cohort=found,
                side=form.cleaned_data["side"],
                email=form.cleaned_data["email"],
                facts=form.facts(),
                partner=form.cleaned_data["partner"],
                decided=form.cleaned_data.get("take_on", False),
                actor=request.user,
            )
        except PersonRefused as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _("%(name)s is in the list.") % {"name": person.name})
            return redirect(to(request, "person", found.programme.slug, found.slug, person.pk))
    trail = (_("People"), to(request, "people", found.programme.slug, found.slug))
    return render(request, "programmes/person/add.html", cohort_frame(request, found, trail) | {"form": form})


@access(Access.MEMBER)
@require_safe
def person(request: HttpRequest, organisation: str, programme: str, cohort: str, person: UUID) -> HttpResponse:
    """One person: facts, how far they are, what happened, and what can be done."""
    found = get_participant_of(request.user, programme, cohort, person)
    now = clock.now()
    happenings = [
        Happening(moment(event.at, request.user.zone), sentence(event), icon=action_of(event.action).icon)
        for event in timeline_of(found)[:30]
    ]
    context = {
        "person": found,
        "happenings": happenings,
        "invitation": found.invitations.order_by("-created_at").first(),
        "now": now,
        "may_change": rules.has_perm("programmes.change_person", request.user, found),
        "trainings": standing_of(found)
        if rules.has_perm("programmes.change_people", request.user, found.cohort)
        else [],
        "sheets": sheets_of_person_for(request.user, found),
        "may_read_profile": rules.has_perm("programmes.read_profile", request.user, found),
        "steps": {step.value: may(step, found) for step in Step},
        "units": units_of(found.cohort.programme),
        "keeps": rules.has_perm("programmes.keep_entry", request.user, found),
        "decides": rules.has_perm("programmes.change_people", request.user, found.cohort),
        "may_pause": may_pause(found, request.user),
        "approval_terms": approval_terms(found),
        "approval": newest_approval(found) if approval_terms(found) else None,
    }
    if deals_with_manager(request.user, found):
        context |= {"has_manager": True, "manager": manager_of(found)}
        context["manager_wrote"] = manager_words_for(request.user, found).count()
    trail = (_("People"), to(request, "people", found.cohort.programme.slug, found.cohort.slug))
    return render(request, "programmes/person/detail.html", cohort_frame(request, found.cohort, trail) | context)


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, organisation: str, programme: str, cohort: str, person: UUID) -> HttpResponse:
    """Change what is known of somebody."""
    found = get_participant_of(request.user, programme, cohort, person)
    require(request, "programmes.change_person", found)
    roles = roles_for(request.user)
    partners = None if roles.coordinates(found.cohort.programme_id) else roles.led[found.cohort.programme_id]
    form = PersonForm(
        posted(request), partners=partners, instance=get_participant_of(request.user, programme, cohort, person)
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_participant(
                person=found,
                email=form.cleaned_data["email"],
                facts=form.facts(),
                partner=form.cleaned_data["partner"],
                actor=request.user,
            )
        except PersonRefused as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _("The details are changed."))
            return redirect(to(request, "person", found.cohort.programme.slug, found.cohort.slug, found.pk))
    trail = [
        (_("People"), to(request, "people", found.cohort.programme.slug, found.cohort.slug)),
        (found.name, to(request, "person", found.cohort.programme.slug, found.cohort.slug, found.pk)),
    ]
    context = cohort_frame(request, found.cohort, *trail) | {"form": form, "person": found}
    return render(request, "programmes/person/edit.html", context)
