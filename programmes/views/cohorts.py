"""Cohorts: opening one, its page, changing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mentoring.accounts.kept_post import keeps_posts
from mentoring.tenancy.access import Access, access, require
from programmes.domain.cohorts import change_cohort, open_cohort
from programmes.domain.opening import to_settle_first
from programmes.domain.programmes import SlugTaken
from programmes.domain.queries import get_cohort_for, get_programme_for
from programmes.domain.standing import figures_of_cohorts
from programmes.forms.cohort import CohortForm
from programmes.views.frame import cohort_frame, posted, programme_frame, to
from templates_app.domain.kits import kit_of

FIELDS = ("title", "starts_on", "ends_on", "zone", "evaluation_url")


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """Open a cohort; its last day follows from the handbook unless it is given."""
    found = get_programme_for(request.user, programme)
    require(request, "programmes.change_programme", found)
    months, unsettled = kit_of(found.handbook).plan.months, to_settle_first(found)
    initial = {"zone": request.organisation.zone}
    form = CohortForm(posted(request), programme=found, months=months, unsettled=unsettled, initial=initial)
    if request.method == "POST" and form.is_valid():
        values: dict[str, Any] = {name: form.cleaned_data.get(name, "") for name in (*FIELDS, "slug", "despite")}
        try:
            cohort = open_cohort(programme=found, actor=request.user, **values)
        except SlugTaken:
            form.add_error("slug", _("Another cohort of this programme has this address. Choose another."))
        else:
            messages.success(request, _("The cohort is open. Now bring in its people."))
            return redirect(to(request, "cohort", found.slug, cohort.slug))
    context = programme_frame(request, found) | {"form": form, "months": months, "unsettled": unsettled}
    return render(request, "programmes/cohort/create.html", context)


@access(Access.MEMBER)
@require_safe
def detail(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """A cohort: its dates, how many people are how far, what can be done next."""
    found = get_cohort_for(request.user, programme, cohort)
    counts = figures_of_cohorts(request.user, [found])[found.pk]
    context = {"counts": counts, "kit": kit_of(found.programme.handbook)}
    return render(request, "programmes/cohort/detail.html", cohort_frame(request, found) | context)


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """Change a cohort's title, dates, zone, state and evaluation address."""
    found = get_cohort_for(request.user, programme, cohort)
    require(request, "programmes.change_programme", found)
    initial = {name: getattr(found, name) for name in (*FIELDS, "state")}
    months = kit_of(found.programme.handbook).plan.months
    form = CohortForm(posted(request), programme=found.programme, cohort=found, months=months, initial=initial)
    if request.method == "POST" and form.is_valid():
        change_cohort(cohort=found, actor=request.user, **{name: form.cleaned_data[name] for name in initial})
        messages.success(request, _("The cohort is changed."))
        return redirect(to(request, "cohort", found.programme.slug, found.slug))
    return render(request, "programmes/cohort/edit.html", cohort_frame(request, found) | {"form": form})
