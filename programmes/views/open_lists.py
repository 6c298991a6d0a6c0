"""Lists of mentors for every member of the organisation, and the units that keep them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mentoring.organisations.domain.partners import add_partner
from mentoring.tenancy.access import Access, access, require
from programmes.domain.choosing.directory import filter_fields
from programmes.domain.choosing.open_lists import (
    get_open_list,
    is_open_list,
    lists_of_units,
    open_lists,
    page_for_members,
    units_of,
)
from programmes.domain.choosing.terms import directory_of
from programmes.domain.coordinators import coordinators_of
from programmes.domain.queries import get_cohort_for, or_404, own_participations
from programmes.domain.volunteering import volunteering_of
from programmes.enums import Side
from programmes.forms.choosing import MentorFilterForm, UnitForm
from programmes.views.frame import cohort_frame, to


@access(Access.MEMBER)
@require_safe
def lists(request: HttpRequest, organisation: str) -> HttpResponse:
    """The lists that are open to everybody here, by programme, with those of each unit."""
    found = open_lists()
    if len(found) == 1:
        return redirect(to(request, "mentor_list", found[0].programme.slug, found[0].slug))
    return render(request, "programmes/choosing/lists.html", {"cohorts": found})


@access(Access.MEMBER)
@require_safe
def mentor_list(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """Everybody in one list: filters, words, a page at a time; beside it the list of each unit and who keeps it."""
    found = get_open_list(programme, cohort)
    directory = or_404(directory_of(found))
    form = MentorFilterForm(
        request.GET,
        filters=filter_fields(found, request.user),
        searches=bool(directory.searches),
        availability=True,
    )
    page = page_for_members(
        found,
        request.user,
        form.chosen(),
        request.GET.get("page"),
        words=form.words(),
        only_with_place=form.only_with_place(),
    )
    own = own_participations(request.user).filter(cohort=found, side=Side.MENTEE).first()
    context = {
        "cohort": found,
        "form": form,
        "page": page,
        "units": lists_of_units(found),
        "terms": units_of(found.programme),
        "field": directory.units.field if directory.units is not None else "",
        "own": own,
        "may_volunteer": volunteering_of(found.programme) is not None,
        "coordinators": coordinators_of(found.programme),
    }
    return render(request, "programmes/choosing/mentor_list.html", context)


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def units(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """The units with their lists and keepers, for the coordinators; one more is added here."""
    found = get_cohort_for(request.user, programme, cohort)
    terms = or_404(units_of(found.programme))
    require(request, "programmes.change_programme", found)
    form = UnitForm(request.POST or None, label=terms.label)
    if request.method == "POST" and form.is_valid():
        unit = add_partner(name=form.cleaned_data["name"], short="", actor=request.user)
        messages.success(request, _("%(name)s has a list of its own now.") % {"name": unit.name})
        return redirect(to(request, "units", found.programme.slug, found.slug))
    context = cohort_frame(request, found) | {"form": form, "terms": terms, "units": lists_of_units(found)}
    context["is_open"] = is_open_list(found)
    return render(request, "programmes/choosing/units.html", context, status=422 if form.errors else 200)
