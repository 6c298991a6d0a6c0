"""Taking a programme out: asking for it, seeing how far it is, and the file."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evaluation.domain.exports import note_download, request_export, retry_export
from evaluation.domain.queries import (
    exportable_programmes_for,
    exports_for,
    get_export_for,
    get_pairing_to_export,
)
from evaluation.enums import ExportKind
from evaluation.forms.export import WHOLE, ExportForm
from evaluation.models import Export
from evaluation.views.frame import to
from mentoring.tenancy.access import Access, access, may, require
from mentoring.work.models import State
from pairs.domain.people import people_of
from pairs.models import Pairing
from programmes.domain.queries import get_programme_for
from programmes.models import Programme
from templates_app.views.downloads import as_download

SHOWN = 20
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {
    ExportKind.CSV: "application/zip",
    ExportKind.PDF: "application/zip",
    ExportKind.XLSX: WORKBOOK,
    ExportKind.NAMELESS: WORKBOOK,
}
STILL_COMING = frozenset({State.QUEUED, State.RUNNING})


@access(Access.MEMBER)
@require_safe
def programmes(request: HttpRequest, organisation: str) -> HttpResponse:
    """The programmes somebody may take out; straight to the one where there is only one."""
    found = list(exportable_programmes_for(request.user))
    if not found:
        raise Http404
    if len(found) == 1:
        return redirect(to(request, "exports", found[0].slug))
    return render(request, "evaluation/export/choose.html", {"programmes": found})


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def exports(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """Ask for an export of a programme, a cohort or (``?pair=``) one pair; below, what one asked for before."""
    found = get_programme_for(request.user, programme)
    require(request, "evaluation.export", found)
    pairing = _pairing(request, found)
    cohorts = list(found.cohorts.order_by("-starts_on"))
    initial = {"cohort": request.GET.get("cohort", WHOLE)}
    posted = request.POST if request.method == "POST" else None
    form = ExportForm(posted, cohorts=cohorts, one_pair=pairing is not None, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = request_export(
            programme=found,
            kind=form.cleaned_data["kind"],
            actor=request.user,
            cohort=form.chosen_cohort(),
            pairing=pairing,
        )
        return redirect(to(request, "export", made.pk))
    context = {
        "programme": found,
        "form": form,
        "pairing": pairing,
        "people": people_of(pairing) if pairing else None,
        "earlier": exports_for(request.user, found)[:SHOWN],
        "coordinates": may(request, "evaluation.read_answers", found),
    }
    return render(request, "evaluation/export/list.html", context)


def _pairing(request: HttpRequest, programme: Programme) -> Pairing | None:
    """The one pair that is asked for, if any."""
    asked = request.GET.get("pair")
    if not asked:
        return None
    try:
        pairing_id = UUID(asked)
    except ValueError:
        raise Http404 from None
    return get_pairing_to_export(request.user, programme, pairing_id)


@access(Access.MEMBER)
@require_safe
def export(request: HttpRequest, organisation: str, export: UUID) -> HttpResponse:
    """How far it is. The page asks again by itself until the file is there, with and without JavaScript."""
    return render(request, "evaluation/export/detail.html", _values(get_export_for(request.user, export)))


@access(Access.MEMBER)
@require_safe
def state(request: HttpRequest, organisation: str, export: UUID) -> HttpResponse:
    """The part of the page that changes. 286 tells htmx that there is nothing more to ask for."""
    values = _values(get_export_for(request.user, export))
    return render(request, "evaluation/export/_state.html", values, status=200 if values["coming"] else 286)


def _values(found: Export) -> dict[str, Any]:
    return {
        "export": found,
        "coming": found.state in STILL_COMING,
        "ready": found.state == State.DONE and found.has_file,
        "removed": found.state == State.DONE and not found.has_file,
        "taken_back": found.is_taken_back,
        "people": people_of(found.pairing) if found.pairing else None,
    }


@access(Access.MEMBER)
@require_POST
def retry(request: HttpRequest, organisation: str, export: UUID) -> HttpResponse:
    """Try a failed export again."""
    found = get_export_for(request.user, export)
    retry_export(export=found, actor=request.user)
    return redirect(to(request, "export", found.pk))


@access(Access.MEMBER)
@require_safe
def download(request: HttpRequest, organisation: str, export: UUID) -> HttpResponse:
    """The file itself, for who asked for it."""
    found = get_export_for(request.user, export, content=True)
    if found.state != State.DONE or found.content is None or not found.has_file:
        raise Http404
    note_download(export=found, actor=request.user)
    return as_download(found.content, name=found.filename, content_type=TYPES[ExportKind(found.kind)])
