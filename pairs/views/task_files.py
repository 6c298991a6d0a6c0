"""Tasks from a file and into one: upload, columns with each row's fate, and taking them in."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from mentoring.tenancy.access import Access, access
from pairs.domain.bringing_tasks import judged_for, take_in_tasks, tasks_as_csv
from pairs.domain.reading import reader_of
from pairs.domain.task_files import MAX_TASKS
from pairs.forms.task_file import ColumnsForm, TaskFileForm, kept, taken_up
from pairs.models import Pairing
from pairs.views.common import own_pairing, to
from templates_app.views.downloads import csv_download


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """Choose a file; then its columns with what becomes of each row; then take in what is new."""
    found = own_pairing(request, pairing, "pairs.settle_actions")
    table = taken_up(request.POST.get("kept", ""))
    if table is not None:
        return _look(request, found, ColumnsForm(request.POST, table=table))
    form = TaskFileForm(request.POST, request.FILES) if request.method == "POST" else TaskFileForm()
    if form.is_valid():
        return _look(request, found, ColumnsForm(None, table=form.table))
    context = {
        "pairing": found,
        "form": form,
        "limit": MAX_TASKS,
        "follows": reader_of(request.user, found).kit.follows_goals,
    }
    return render(request, "pairs/action/file.html", context, status=422 if form.errors else 200)


def _look(request: HttpRequest, pairing: Pairing, form: ColumnsForm) -> HttpResponse:
    valid = form.is_valid() if form.is_bound else "task" in form.meanings
    if valid and form.is_bound and request.POST.get("do") == "take":
        return _taken(request, pairing, form)
    rows = judged_for(reader_of(request.user, pairing), form.table, form.meanings) if valid else []
    context = {
        "pairing": pairing,
        "form": form,
        "kept": kept(form.table),
        "rows": rows,
        "new": sum(row.fate == "new" for row in rows),
        "wrong": sum(row.fate == "wrong" for row in rows),
    }
    return render(request, "pairs/action/file_rows.html", context, status=422 if form.errors else 200)


def _taken(request: HttpRequest, pairing: Pairing, form: ColumnsForm) -> HttpResponse:
    count = take_in_tasks(pairing=pairing, table=form.table, meanings=form.meanings, actor=request.user)
    words = ngettext("%(count)d task was taken in.", "%(count)d tasks were taken in.", count) % {"count": count}
    messages.success(request, words if count else _("Everything in this file stands here already."))
    return to(request, "pairs:board", pairing.pk)


@access(Access.MEMBER)
@require_safe
def csv(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """The pair's tasks as a file, as far as the person may read them."""
    found = own_pairing(request, pairing)
    return csv_download("\ufeff" + tasks_as_csv(reader_of(request.user, found)), name="tasks.csv")
