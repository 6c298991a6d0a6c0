"""Worksheets that hang on no pair: the programme's own with its health, and what a participant writes for themselves."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mentoring.tenancy.access import Access, access, require
from programmes.domain.comparing_sheets import NotTwoOfOne, compare_sheets_for
from programmes.domain.health import health_of
from programmes.domain.queries import (
    get_own_participation,
    get_programme_for,
    get_readable_programme_for,
    or_404,
)
from programmes.domain.roles import roles_for
from programmes.domain.sheet_owner import sheet_owner
from programmes.domain.sheets import (
    NotTheirs,
    begin_own_sheet,
    begin_programme_sheet,
    get_sheet_for,
    own_shelves,
    programme_shelves,
)
from programmes.views.frame import programme_frame, to
from templates_app.domain.owners import WorksheetOwner


def find_worksheet(request: HttpRequest, sheet: UUID) -> WorksheetOwner:
    """A sheet's owner as the person who asks meets it, for the worksheet pages."""
    return sheet_owner(get_sheet_for(request.user, sheet), request.user)


@access(Access.MEMBER)
@require_safe
def worksheets(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """The programme's own worksheets, and what its checklists say about its health."""
    found = get_readable_programme_for(request.user, programme)
    shelves = programme_shelves(request.user, found)
    if not shelves:
        or_404(None)
    runs = roles_for(request.user).coordinates(found.pk)
    context = {"shelves": shelves, "health": health_of(shelves) if runs or _steers(request, found.pk) else []}
    return render(request, "programmes/sheet/programme.html", programme_frame(request, found) | context)


def _steers(request: HttpRequest, programme_id: UUID) -> bool:
    return programme_id in roles_for(request.user).steered


@access(Access.MEMBER)
@require_POST
def begin(request: HttpRequest, organisation: str, programme: str, key: str) -> HttpResponse:
    """Begin one of the programme's own worksheets."""
    found = get_programme_for(request.user, programme)
    require(request, "programmes.change_programme", found)
    try:
        sheet = begin_programme_sheet(programme=found, worksheet=key, actor=request.user)
    except NotTheirs:
        or_404(None)
    return redirect(to(request, "worksheet", sheet.pk))


@access(Access.MEMBER)
@require_safe
def own(request: HttpRequest, organisation: str, person: UUID) -> HttpResponse:
    """What a participant may write for themselves at any time."""
    found = get_own_participation(request.user, person)
    shelves = own_shelves(found)
    if not shelves:
        or_404(None)
    context = {"person": found, "cohort": found.cohort, "shelves": shelves}
    return render(request, "programmes/sheet/own.html", context)


@access(Access.MEMBER)
@require_POST
def begin_own(request: HttpRequest, organisation: str, person: UUID, key: str) -> HttpResponse:
    """Begin a worksheet for oneself."""
    found = get_own_participation(request.user, person)
    try:
        sheet = begin_own_sheet(person=found, worksheet=key, actor=request.user)
    except NotTheirs:
        or_404(None)
    return redirect(to(request, "worksheet", sheet.pk))


@access(Access.MEMBER)
@require_safe
def compare(request: HttpRequest, organisation: str) -> HttpResponse:
    """Two sheets of one worksheet side by side, the earlier one first."""
    chosen = request.GET.getlist("sheet")
    if not chosen:
        raise Http404
    try:
        compared = compare_sheets_for(request.user, chosen)
    except NotTwoOfOne:
        messages.info(request, _("Choose two sheets to put beside each other."))
        return redirect(find_worksheet(request, UUID(chosen[0])).urls.back)
    return render(request, "programmes/sheet/compare.html", {"page": compared})
