"""What counts in matching: criteria with their weights, and declared conflicts."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mentoring.tenancy.access import Access, access
from programmes.domain.matching.criteria import (
    add_criterion,
    declare_conflict,
    remove_criterion,
    restore_criterion,
    weigh_criteria,
    withdraw_conflict,
)
from programmes.domain.matching.exceptions import allow_all_the_same, weigh_conflict
from programmes.domain.matching.queries import (
    conflicts_of,
    criteria_of,
    get_conflict,
    get_criterion,
    get_matching_cohort_for,
)
from programmes.domain.matching.runs import NotPossible
from programmes.domain.matching.warnings import DECLARED
from programmes.forms.matching import ConflictForm, CriterionForm, WeightsForm
from programmes.models import Cohort
from programmes.views.frame import cohort_frame, to
from templates_app.domain.kits import kit_of


def _criteria(request: HttpRequest, programme: str, cohort: str) -> HttpResponse:
    return redirect("programmes:matching-criteria", request.organisation.slug, programme, cohort)


def _frame(request: HttpRequest, cohort: Cohort) -> dict[str, Any]:
    matching = to(request, "matching", cohort.programme.slug, cohort.slug)
    return cohort_frame(request, cohort, (_("Matching"), matching))


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def criteria(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """The criteria with their weights; a POST sets the weights."""
    found = get_matching_cohort_for(request.user, programme, cohort)
    rows = list(criteria_of(found))
    form = WeightsForm(rows, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        weigh_criteria(programme=found.programme, weights=form.cleaned_data, actor=request.user)
        messages.success(request, _("The weights are kept. Ask for new suggestions to see what they change."))
        return _criteria(request, programme, cohort)
    context = _frame(request, found) | {
        "form": form,
        "new": CriterionForm(found),
        "removed": [row for row in rows if row.removed_at is not None],
    }
    return render(request, "programmes/matching/criteria.html", context, status=422 if form.errors else 200)


@access(Access.MEMBER)
@require_POST
def add(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """Add a criterion of the programme's own."""
    found = get_matching_cohort_for(request.user, programme, cohort)
    form = CriterionForm(found, data=request.POST)
    if form.is_valid():
        try:
            add_criterion(programme=found.programme, actor=request.user, **form.cleaned_data)
        except NotPossible as fault:
            form.add_error(None, str(fault))
        else:
            return _criteria(request, programme, cohort)
    rows = list(criteria_of(found))
    removed = [row for row in rows if row.removed_at]
    context = _frame(request, found) | {"form": WeightsForm(rows), "new": form, "removed": removed}
    return render(request, "programmes/matching/criteria.html", context, status=422)


_STEPS = {"remove": remove_criterion, "restore": restore_criterion}


@access(Access.MEMBER)
@require_POST
def step(request: HttpRequest, organisation: str, programme: str, cohort: str, key: str, name: str) -> HttpResponse:
    """Take a criterion out, or put it back."""
    if name not in _STEPS:
        raise Http404
    found = get_matching_cohort_for(request.user, programme, cohort)
    _STEPS[name](criterion=get_criterion(found, key), actor=request.user)
    return _criteria(request, programme, cohort)


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def conflicts(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """Declared conflicts; a POST declares one."""
    found = get_matching_cohort_for(request.user, programme, cohort)
    form = ConflictForm(found, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        declare_conflict(cohort=found, actor=request.user, **form.cleaned_data)
        messages.success(request, _("Noted. A pair of these two must be confirmed knowingly."))
        return redirect("programmes:matching-conflicts", request.organisation.slug, programme, cohort)
    rules = {
        DECLARED[rule.kind]: rule for rule in kit_of(found.programme.handbook).matching.rules if rule.kind in DECLARED
    }
    noted = [(row, rules.get(row.kind)) for row in conflicts_of(found)]
    context = _frame(request, found) | {"form": form, "conflicts": noted}
    return render(request, "programmes/matching/conflicts.html", context, status=422 if form.errors else 200)


@access(Access.MEMBER)
@require_POST
def withdraw(request: HttpRequest, organisation: str, programme: str, cohort: str, conflict: UUID) -> HttpResponse:
    """The conflict is gone."""
    found = get_matching_cohort_for(request.user, programme, cohort)
    withdraw_conflict(conflict=get_conflict(found, conflict), actor=request.user)
    return redirect("programmes:matching-conflicts", request.organisation.slug, programme, cohort)


@access(Access.MEMBER)
@require_POST
def allow(request: HttpRequest, organisation: str, programme: str, cohort: str, conflict: UUID) -> HttpResponse:
    """A pair of the two may be made all the same, for a reason that is kept."""
    found = get_matching_cohort_for(request.user, programme, cohort)
    row = get_conflict(found, conflict)
    try:
        allow_all_the_same(conflict=row, note=request.POST.get("note", ""), actor=request.user)
    except NotPossible:
        messages.error(
            request, _("Say why a pair of these two is right all the same. Without a reason nothing has changed.")
        )
    else:
        messages.success(request, _("Noted. These two may be paired."))
    return redirect("programmes:matching-conflicts", request.organisation.slug, programme, cohort)


@access(Access.MEMBER)
@require_POST
def weigh(request: HttpRequest, organisation: str, programme: str, cohort: str, conflict: UUID) -> HttpResponse:
    """The sheet about the two, begun or gone on with."""
    found = get_matching_cohort_for(request.user, programme, cohort)
    try:
        sheet = weigh_conflict(conflict=get_conflict(found, conflict), actor=request.user)
    except NotPossible as error:
        raise Http404 from error
    page = "worksheet_read" if sheet.response.is_submitted else "worksheet"
    return redirect(f"programmes:{page}", request.organisation.slug, sheet.pk)
