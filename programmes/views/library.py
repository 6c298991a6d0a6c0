"""Files of the library: putting one there, saving it, replacing it by a newer version, and looking after it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.tenancy.access import Access, access
from programmes.domain.library_adding import LibraryFull, MayNotAdd, may_add_to_library
from programmes.domain.library_files import (
    Filed,
    add_file,
    describe_file,
    get_file_for,
    may_replace,
    put_back_file,
    remove_file,
    replace_file,
    version_for,
    versions_for,
)
from programmes.domain.queries import get_readable_programme_for
from programmes.domain.roles import roles_for
from programmes.forms.library_files import AddFileForm, FileFacts, NewVersionForm
from programmes.models import Cohort, Programme
from programmes.views.frame import MOVED_ON, to
from programmes.views.guidance import guidance_frame
from templates_app.answers import AnswerFault
from templates_app.domain.file_kinds import KINDS
from templates_app.views.downloads import as_download


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """Put a file into the library."""
    found = get_readable_programme_for(request.user, programme)
    if not may_add_to_library(request.user, found):
        raise PermissionDenied
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AddFileForm(*sent, cohorts=_cohorts(request, found))
    if request.method == "POST" and form.is_valid() and _added(request, found, form):
        return redirect(to(request, "resources", found.slug))
    return _drawn(
        request, found, "add", {"form": form, "kinds": ", ".join(KINDS)}, status=422 if form.is_bound else 200
    )


def _added(request: HttpRequest, programme: Programme, form: AddFileForm) -> bool:
    try:
        add_file(programme=programme, actor=request.user, **form.cleaned_data)
    except AnswerFault as fault:
        form.add_error("file", str(fault))
    except LibraryFull:
        form.add_error(None, _("The library is full. Ask a coordinator to take out what nobody needs any more."))
    else:
        messages.success(request, _("“%(title)s” is in the library.") % {"title": form.cleaned_data["title"]})
        return True
    return False


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, organisation: str, programme: str, library_file: UUID) -> HttpResponse:
    """A file with its versions; POST puts a newer one there."""
    found, filed = _found(request, programme, library_file)
    replaces = may_replace(request.user, filed)
    if request.method == "POST" and not replaces:
        raise PermissionDenied
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = NewVersionForm(*sent)
    if request.method == "POST" and form.is_valid():
        try:
            row = replace_file(filed=filed, actor=request.user, **form.cleaned_data)
        except AnswerFault as fault:
            form.add_error("file", str(fault))
        else:
            messages.success(
                request, _("Version %(number)d is what everybody saves from now on.") % {"number": row.number}
            )
            return redirect(to(request, "library_file", found.slug, filed.file.pk))
    context = {
        "filed": filed,
        "versions": versions_for(request.user, filed),
        "form": form if replaces else None,
        "kinds": ", ".join(KINDS),
        "coordinates": roles_for(request.user).coordinates(found.pk),
    }
    return _drawn(request, found, "file", context, status=422 if form.is_bound else 200)


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, organisation: str, programme: str, library_file: UUID) -> HttpResponse:
    """Change what is said of a file and who finds it, as a coordinator."""
    found, filed = _found(request, programme, library_file)
    if not roles_for(request.user).coordinates(found.pk):
        raise PermissionDenied
    row = filed.file
    initial = {"title": row.title, "note": row.note, "topics": ", ".join(row.topics), "roles": row.roles}
    initial["cohorts"] = [str(pk) for pk in row.for_cohorts.values_list("cohort_id", flat=True)]
    sent = request.POST if request.method == "POST" else None
    form = FileFacts(sent, cohorts=_cohorts(request, found), initial=initial)
    if request.method == "POST" and form.is_valid():
        describe_file(file=row, actor=request.user, **form.cleaned_data)
        messages.success(request, _("It is changed."))
        return redirect(to(request, "library_file", found.slug, row.pk))
    return _drawn(request, found, "edit", {"form": form, "filed": filed}, status=422 if form.is_bound else 200)


@access(Access.MEMBER)
@require_safe
def save(request: HttpRequest, organisation: str, programme: str, library_file: UUID) -> HttpResponse:
    """Save the newest version."""
    _programme, filed = _found(request, programme, library_file)
    return _bytes(request, filed)


@access(Access.MEMBER)
@require_safe
def save_version(
    request: HttpRequest, organisation: str, programme: str, library_file: UUID, number: int
) -> HttpResponse:
    """Save an older version, as a coordinator."""
    _programme, filed = _found(request, programme, library_file)
    return _bytes(request, filed, number)


@access(Access.MEMBER)
@require_POST
def remove(request: HttpRequest, organisation: str, programme: str, library_file: UUID) -> HttpResponse:
    """Take a file out."""
    return _step(request, programme, library_file, remove_file, _("It is taken out. You can put it back."))


@access(Access.MEMBER)
@require_POST
def put_back(request: HttpRequest, organisation: str, programme: str, library_file: UUID) -> HttpResponse:
    """Put a file back that was taken out."""
    return _step(request, programme, library_file, put_back_file, _("It is in the library again."))


def _step(
    request: HttpRequest, programme: str, library_file: UUID, verb: Callable[..., bool], words: str
) -> HttpResponse:
    found, filed = _found(request, programme, library_file)
    try:
        done = verb(file=filed.file, actor=request.user)
    except MayNotAdd:
        raise PermissionDenied from None
    messages.success(request, words if done else str(MOVED_ON))
    return redirect(to(request, "library_file", found.slug, filed.file.pk))


def _found(request: HttpRequest, programme: str, library_file: UUID) -> tuple[Programme, Filed]:
    found = get_readable_programme_for(request.user, programme)
    return found, get_file_for(request.user, found, library_file)


def _cohorts(request: HttpRequest, programme: Programme) -> list[Cohort] | None:
    """The cohorts that a coordinator may name; ``None`` for anybody else."""
    if not roles_for(request.user).coordinates(programme.pk):
        return None
    return list(Cohort.objects.filter(programme=programme).order_by("title", "pk"))


def _bytes(request: HttpRequest, filed: Filed, number: int | None = None) -> HttpResponse:
    version = version_for(request.user, filed, number)
    return as_download(version.content, name=version.name, content_type=version.content_type)


def _drawn(
    request: HttpRequest, programme: Programme, page: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    whole = guidance_frame(request, programme) | context
    return render(request, f"programmes/library/{page}.html", whole, status=status)
