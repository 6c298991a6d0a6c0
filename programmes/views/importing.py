"""Bringing in a file of people, page by page: upload, columns, preview, done."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.tenancy.access import Access, access, require
from mentoring.ui.shapes import Choice, Filter
from programmes.domain.import_pages import bad_rows_csv, samples_of, shown_rows, unfinished_imports
from programmes.domain.importing.judging import Fate, count_fates
from programmes.domain.importing.table import MAX_BYTES, MAX_ROWS, FileRefused
from programmes.domain.people_import import (
    WrongImport,
    apply_import,
    choose_columns,
    drop_import,
    judge_import,
    targets_for,
    upload_people,
)
from programmes.domain.queries import get_cohort_for
from programmes.enums import ImportState
from programmes.forms.people_import import ColumnsForm, UploadForm
from programmes.models import Cohort, PeopleImport
from programmes.tables import address_with
from programmes.views.frame import cohort_frame, to
from templates_app.domain.kits import kit_of
from templates_app.views.downloads import csv_download

ROWS_SHOWN = 50


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """Choose a file."""
    found = _changeable(request, programme, cohort)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            data = file.read(MAX_BYTES + 1)
            run = upload_people(cohort=found, filename=file.name, data=data, actor=request.user)
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            for remark in run.remarks:
                messages.info(request, remark)
            return redirect(to(request, "import_columns", found.programme.slug, found.slug, run.pk))
    context = _frame(request, found) | {"form": form, "limit": MAX_ROWS, "unfinished": unfinished_imports(found)}
    return render(request, "programmes/import/upload.html", context)


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, organisation: str, programme: str, cohort: str, run: UUID) -> HttpResponse:
    """Say what each column means; what was said for the same headings before stands already."""
    found, upload_run = _run(request, programme, cohort, run)
    if upload_run.state not in {ImportState.UPLOADED, ImportState.PREVIEWED}:
        return redirect(to(request, "import", found.programme.slug, found.slug, run))
    kit = kit_of(found.programme.handbook)
    form = ColumnsForm(
        request.POST or None,
        headings=upload_run.headings,
        targets=targets_for(found),
        mapping=upload_run.mapping,
        candidates=kit.joining.candidates,
    )
    if request.method == "POST" and form.is_valid():
        choose_columns(run=upload_run, mapping=form.mapping(), actor=request.user)
        return redirect(to(request, "import", found.programme.slug, found.slug, run))
    pairs = list(zip(form.columns(), samples_of(upload_run), strict=True))
    context = _frame(request, found, inside=True) | {"form": form, "run": upload_run, "pairs": pairs}
    return render(request, "programmes/import/columns.html", context)


@access(Access.MEMBER)
@require_safe
def preview(request: HttpRequest, organisation: str, programme: str, cohort: str, run: UUID) -> HttpResponse:
    """What becomes of each row, before anything is imported; afterwards, what became of it."""
    found, upload_run = _run(request, programme, cohort, run)
    if upload_run.state == ImportState.UPLOADED:
        return redirect(to(request, "import_columns", found.programme.slug, found.slug, run))
    rows = shown_rows(upload_run, judge_import(upload_run))
    applied = upload_run.state == ImportState.APPLIED
    counts = count_fates(row.judged for row in rows)
    wanted = request.GET.get("fate", "")
    chosen = [row for row in rows if not wanted or row.judged.fate == wanted]
    context = {
        "run": upload_run,
        "counts": counts,
        "applied": applied,
        "page": Paginator(chosen, ROWS_SHOWN).get_page(request.GET.get("page")),
        "filters": _fates(request, counts, wanted),
        "tags": {Fate.ACCEPTED: "good", Fate.DUPLICATE: "neutral", Fate.REJECTED: "late", Fate.EMPTY: "neutral"},
    }
    return render(request, "programmes/import/preview.html", _frame(request, found, inside=True) | context)


@access(Access.MEMBER)
@require_POST
def apply(request: HttpRequest, organisation: str, programme: str, cohort: str, run: UUID) -> HttpResponse:
    """Take in what can be, all at once."""
    found, upload_run = _run(request, programme, cohort, run)
    try:
        counts = apply_import(run=upload_run, actor=request.user)
    except WrongImport:
        messages.info(request, _("Nothing was imported just now: look at what stands here first."))
    else:
        words = _("%(count)d people are in the cohort. Nobody has been told yet: invite them when you are ready.")
        messages.success(request, words % {"count": counts[Fate.ACCEPTED]})
    return redirect(to(request, "import", found.programme.slug, found.slug, run))


@access(Access.MEMBER)
@require_POST
def drop(request: HttpRequest, organisation: str, programme: str, cohort: str, run: UUID) -> HttpResponse:
    """Forget an upload."""
    found, upload_run = _run(request, programme, cohort, run)
    try:
        drop_import(run=upload_run, actor=request.user)
    except WrongImport:
        messages.error(request, _("These people are in already. Withdraw those who should not be."))
    else:
        messages.success(request, _("The file is forgotten. Nobody was taken in."))
    return redirect(to(request, "import_upload", found.programme.slug, found.slug))


@access(Access.MEMBER)
@require_safe
def bad_rows(request: HttpRequest, organisation: str, programme: str, cohort: str, run: UUID) -> HttpResponse:
    """The rows that cannot be taken in, with the reason, to be put right and imported again."""
    _found, upload_run = _run(request, programme, cohort, run)
    return csv_download(bad_rows_csv(upload_run, judge_import(upload_run)), name="rows-to-put-right.csv")


def _changeable(request: HttpRequest, programme: str, cohort: str) -> Cohort:
    found = get_cohort_for(request.user, programme, cohort)
    require(request, "programmes.change_people", found)
    return found


def _run(request: HttpRequest, programme: str, cohort: str, run: UUID) -> tuple[Cohort, PeopleImport]:
    found = _changeable(request, programme, cohort)
    rows = PeopleImport.objects.exclude(state=ImportState.DROPPED).select_related("cohort__programme__handbook")
    return found, get_object_or_404(rows, cohort=found, pk=run)


def _frame(request: HttpRequest, cohort: Cohort, *, inside: bool = False) -> dict[str, Any]:
    trail = [(_("People"), to(request, "people", cohort.programme.slug, cohort.slug))]
    if inside:
        trail.append((_("Import"), to(request, "import_upload", cohort.programme.slug, cohort.slug)))
    return cohort_frame(request, cohort, *trail)


def _fates(request: HttpRequest, counts: dict[str, int], wanted: str) -> list[Filter]:
    labels = {
        Fate.ACCEPTED: _("Can be taken in"),
        Fate.REJECTED: _("To put right"),
        Fate.DUPLICATE: _("In already"),
        Fate.EMPTY: _("Empty"),
    }
    choices = [
        Choice(label, address_with(request, fate=fate.value), wanted == fate, counts[fate])
        for fate, label in labels.items()
        if counts[fate]
    ]
    return [Filter(_("Show"), [Choice(_("All"), address_with(request, fate=""), not wanted), *choices])]
