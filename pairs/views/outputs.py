"""An output's worksheet: finding it for the worksheet pages, further sheets of it, and two of them compared."""

import io
from uuid import UUID

from defusedcsv import csv
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mentoring.tenancy.access import Access, access, may
from pairs.domain.occasions import opens_by_occasion
from pairs.domain.offers import fill_in, offered, open_offered
from pairs.domain.output_owner import begin_response, can_begin, owner_of
from pairs.domain.passing_on import writing_of
from pairs.domain.queries import get_output_for
from pairs.domain.readers_words import answering_words
from pairs.domain.reading import WORKSHEETS, reader_of
from pairs.domain.sheets import add_sheet, may_add, sheets_of
from pairs.domain.shown import shown_sheet, side_by_side
from pairs.domain.trends import as_rows, has_trend, trend_of
from pairs.enums import Right
from pairs.views.common import first_things, own_pairing, to
from templates_app.domain.owners import WorksheetOwner
from templates_app.domain.responses import HeldBack
from templates_app.views.downloads import csv_download


def find_output(request: HttpRequest, output: UUID) -> WorksheetOwner | HttpResponse:
    """The output as this person meets it. Opening one's own for the first time begins it, or lists what has to be done
    before. Raises ``Http404``.
    """
    found, reader = get_output_for(request.user, output, Right.READ)
    if found.kind not in WORKSHEETS:
        raise Http404
    if found.response is None:
        if not can_begin(found, reader):
            raise Http404
        try:
            begin_response(output=found, actor=request.user, people=reader.people)
        except HeldBack:
            sheet = reader.worksheets[found.worksheet]
            return first_things(request, found.pairing, sheet.title, sheet.waits_for)
    return owner_of(found, reader)


@access(Access.MEMBER)
@require_safe
def back(request: HttpRequest, organisation: str, output: UUID) -> HttpResponse:
    """Where one came from: the session it belongs to, the home page, or for a coordinator the pair's page."""
    found, reader = get_output_for(request.user, output)
    if reader.person is None:
        return to(request, "pairs:pairing", found.pairing_id)
    if found.session_id is not None:
        return to(request, "pairs:session", found.pairing_id, found.session_id)
    return to(request, "pairs:home")


@access(Access.MEMBER)
@require_POST
def offer(request: HttpRequest, organisation: str, output: UUID, place: int) -> HttpResponse:
    """Go on to the sheet that this one offers, with answers of this one in it, or to the page before an ending."""
    found, reader = get_output_for(request.user, output, Right.READ)
    chosen = offered(found, reader, place)
    if chosen.leads_to:
        return to(request, "pairs:end-early", found.pairing_id)
    opened = open_offered(output=found, reader=reader, place=place, actor=request.user)
    owner = find_output(request, opened.pk)
    if isinstance(owner, HttpResponse):
        return owner
    fill_in(owner=owner, output=found, offer=chosen, actor=request.user)
    return to(request, "pairs:output", opened.pk)


@access(Access.MEMBER)
@require_safe
def sheets(request: HttpRequest, organisation: str, pairing: UUID, worksheet: str) -> HttpResponse:
    """All sheets of one worksheet, with their dates; two may be chosen and compared."""
    found = own_pairing(request, pairing)
    reader = reader_of(request.user, found)
    shape = reader.worksheets.get(worksheet)
    listed = [shown_sheet(reader, row) for row in sheets_of(reader, worksheet)]
    if shape is None or not (listed or may_add(reader, shape)):
        raise Http404
    context = {
        "pairing": found,
        "worksheet": shape,
        "sheets": listed,
        "person": reader.person,
        "may_add": may_add(reader, shape),
        "answering": answering_words(reader, shape) if may_add(reader, shape) and opens_by_occasion(shape) else "",
        "has_trend": has_trend(shape) and any(sheet.may_read and sheet.is_done for sheet in listed),
        "comparable": sum(sheet.may_read for sheet in listed) > 1,
        "writings": [one for one in [writing_of(reader, worksheet)] if one],
        "may_pass": may(request, "pairs.pass_writing", found),
    }
    return render(request, "pairs/output/sheets.html", context)


@access(Access.MEMBER)
@require_safe
def trend(request: HttpRequest, organisation: str, pairing: UUID, worksheet: str) -> HttpResponse:
    """How the answers on a worksheet's scales have moved, and what is worth a talk."""
    found = own_pairing(request, pairing)
    moved = trend_of(reader_of(request.user, found), worksheet)
    if moved is None:
        raise Http404
    if request.GET.get("as") == "csv":
        return _as_csv(f"{worksheet}.csv", as_rows(moved))
    return render(request, "pairs/output/trend.html", {"pairing": found, "trend": moved, "worksheet": moved.worksheet})


def _as_csv(name: str, rows: list[list[str]]) -> HttpResponse:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return csv_download("\ufeff" + out.getvalue(), name=name)


@access(Access.MEMBER)
@require_POST
def add(request: HttpRequest, organisation: str, pairing: UUID, worksheet: str) -> HttpResponse:
    """Begin a further sheet, or go on with the open one."""
    found = own_pairing(request, pairing)
    output = add_sheet(reader=reader_of(request.user, found), worksheet=worksheet, actor=request.user)
    return to(request, "pairs:output", output.pk)


@access(Access.MEMBER)
@require_safe
def compare(request: HttpRequest, organisation: str, pairing: UUID, worksheet: str) -> HttpResponse:
    """Two sheets of one worksheet side by side, the earlier one first."""
    found = own_pairing(request, pairing)
    reader = reader_of(request.user, found)
    chosen = set(request.GET.getlist("sheet"))
    rows = [row for row in sheets_of(reader, worksheet) if str(row.pk) in chosen]
    shown = [sheet for sheet in (shown_sheet(reader, row) for row in reversed(rows)) if sheet.may_read]
    if len(shown) != 2:
        messages.info(request, _("Choose two sheets to put beside each other."))
        return to(request, "pairs:sheets", found.pk, worksheet)
    context = {
        "pairing": found,
        "worksheet": reader.worksheets[worksheet],
        "shown": shown,
        "compared": side_by_side(shown),
        "zone": reader.person.zone if reader.person else request.user.zone,
    }
    return render(request, "pairs/output/compare.html", context)
