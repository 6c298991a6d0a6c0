"""What staff need: the coordinators' list of managers with the answers of a year, and the one page that a manager sees."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mentoring import clock
from mentoring.accounts.kept_post import keeps_posts
from mentoring.tenancy.access import Access, access, require
from mentoring.tenancy.scope import current_organisation
from mentoring.ui.shapes import Choice
from programmes.domain.coordinators import coordinators_of
from programmes.domain.managers.needs import (
    AlreadyListed,
    get_listed,
    list_manager,
    take_off_list,
    year_begun,
    year_called,
)
from programmes.domain.managers.needs_answers import Year, answer_needs, usable_needs_link, year_for, years_for
from programmes.domain.managers.terms import asks_for_needs, managers_of
from programmes.domain.outside import LinkUnusable
from programmes.domain.queries import get_programme_for, or_404
from programmes.domain.watching import today_here
from programmes.forms.managers import ListedForm
from programmes.models import NeedsAsking, Programme, StaffManager
from programmes.views.frame import posted, programme_frame, to
from programmes.views.outside import unusable_link
from templates_app.answers import AnswerContext, display
from templates_app.domain.from_outside import NotComplete
from templates_app.domain.kits import current_versions, worksheet_of
from templates_app.domain.responses import answers_of
from templates_app.forms.worksheet import WorksheetForm
from templates_app.models import TemplateVersion


def _programme(request: HttpRequest, slug: str) -> Programme:
    """A programme that asks managers, for its coordinators."""
    found = get_programme_for(request.user, slug)
    require(request, "programmes.change_programme", found)
    return or_404(found if asks_for_needs(request.user, found) else None)


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def needs(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """Who is asked each year, and what came back: added up, and answer by answer. POST puts somebody onto the list."""
    found = _programme(request, programme)
    here, terms = to(request, "staff_needs", found.slug), managers_of(found)
    form = ListedForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            list_manager(programme=found, actor=request.user, **form.cleaned_data)
        except AlreadyListed as fault:
            form.add_error("email", str(fault))
        else:
            messages.success(request, _("%(name)s is on the list.") % {"name": form.cleaned_data["name"]})
            return redirect(here)
    years = years_for(request.user, found)
    wanted = next((one for one in years if str(one) == request.GET.get("year")), years[0] if years else None)
    year = year_for(request.user, found, wanted) if wanted is not None else None
    context = programme_frame(request, found, (_("What staff need"), here)) | {
        "form": form,
        "begun": year_begun(terms, today_here()),
        "listed": StaffManager.objects.filter(programme=found),
        "year": year,
        "called": year_called(terms, wanted) if wanted is not None else "",
        "years": [Choice(year_called(terms, one), f"{here}?year={one}", current=one == wanted) for one in years],
        "answers": _answers(year),
    }
    return render(request, "programmes/manager/needs.html", context, status=422 if form.errors else 200)


def _answers(year: Year | None) -> list[dict[str, Any]]:
    return [
        {
            "asking": one,
            "replaced": year is not None and one.pk in year.replaced,
            "sections": display(worksheet_of(one.response.version), answers_of(one.response), _context(one)),
        }
        for one in (year.answered if year is not None else ())
    ]


@access(Access.MEMBER)
@require_POST
def remove(request: HttpRequest, organisation: str, programme: str, manager: UUID) -> HttpResponse:
    """Ask somebody no more."""
    found = _programme(request, programme)
    take_off_list(manager=get_listed(found, manager), actor=request.user)
    messages.success(request, _("Taken off the list. What they answered stays."))
    return redirect(to(request, "staff_needs", found.slug))


# --- The page behind the link ----------------------------------------------------------------------------------------


@access(Access.VISITOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, organisation: str, token: str) -> HttpResponse:
    """What the link leads to: the handbook's questions about a unit. Nobody's name stands here but the coordinators'."""
    try:
        return _asked(request, usable_needs_link(token).asking, token)
    except LinkUnusable as fault:
        return unusable_link(request, fault, lambda asking: asking.programme)


def _asked(request: HttpRequest, asking: NeedsAsking, token: str) -> HttpResponse:
    programme = asking.programme
    terms = managers_of(programme)
    version = or_404(current_versions(programme.handbook).get(terms.needs or ""))
    data = request.POST if request.method == "POST" else None
    form = WorksheetForm(worksheet_of(version), data, context=_context(asking))
    context = {
        "programme": programme,
        "called": year_called(terms, asking.year),
        "coordinators": coordinators_of(programme),
        "form": form,
    }
    if data is not None and not form.changes_rows and form.checked("submit").ok:
        _take_in(token, version, form)
        return render(request, "programmes/manager/needs_thanks.html", context)
    return render(request, "programmes/manager/needs_page.html", context, status=422 if form.fault_list else 200)


def _take_in(token: str, version: TemplateVersion, form: WorksheetForm) -> None:
    try:
        answer_needs(token=token, version=version, answers=form.raw_answers(), context=form.context)
    except NotComplete as fault:  # the form has checked the same answers a moment ago
        raise Http404 from fault


def _context(asking: NeedsAsking) -> AnswerContext:
    """What the answers depend on: the programme and today. Nobody who takes part is known here."""
    here = current_organisation()
    return AnswerContext(
        locale=here.language,
        zone=here.zone,
        now=clock.now(),
        roles=frozenset({"supervisor"}),
        values={"person.name": asking.name, "programme.title": asking.programme.title},
    )
