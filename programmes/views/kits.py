"""Handbooks on their way: taken out as a kit, brought in as one, and copied to a new programme."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mentoring.tenancy.access import Access, access, require
from programmes.domain.carriers import names_of_partners
from programmes.domain.kit_choice import copy_programme, programmes_to_copy
from programmes.domain.kit_upload import KitThere, bring_in_kit
from programmes.domain.programmes import SlugTaken
from programmes.domain.queries import or_404
from programmes.forms.programme import KitUploadForm, ProgrammeForm
from programmes.views.frame import to
from programmes.views.handbook_saving import editable
from templates_app.domain.kit_archives import MAX_ZIP_BYTES, ArchiveRefused, zip_kit
from templates_app.domain.kits import kit_of, whole_kit
from templates_app.models import LoadedKit


@access(Access.MEMBER)
@require_safe
def export(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """The handbook as a kit: the files that ``kit export`` writes, as one ZIP file."""
    found = editable(request, programme)
    answer = HttpResponse(zip_kit(whole_kit(found.handbook)), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{found.slug}-kit.zip"'
    return answer


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest, organisation: str) -> HttpResponse:
    """Bring in a kit as a ZIP file. Whatever is wrong with it is said with file and line; then nothing is kept."""
    require(request, "programmes.create_programme")
    form = KitUploadForm(request.POST, request.FILES) if request.method == "POST" else KitUploadForm()
    context = {"form": form, "faults": []}
    if request.method == "POST" and form.is_valid():
        try:
            loaded, context["faults"] = bring_in_kit(
                data=form.cleaned_data["file"].read(MAX_ZIP_BYTES + 1),
                replace=form.cleaned_data["replace"],
                actor=request.user,
            )
        except ArchiveRefused as refusal:
            form.add_error("file", str(refusal))
        except KitThere as found:
            form.add_error("replace", _there(found.there))
        else:
            if loaded is not None:
                return _brought_in(request, loaded)
    status = 422 if form.errors or context["faults"] else 200
    return render(request, "programmes/programme/import_kit.html", context, status=status)


def _there(there: LoadedKit) -> str:
    return _(
        "Your organisation has the kit “%(title)s” (version %(version)s) under the same key already. Tick this if the new "
        "one is to take its place, and choose the file again."
    ) % {"title": there.title, "version": there.version}


def _brought_in(request: HttpRequest, loaded: LoadedKit) -> HttpResponse:
    told = {"title": loaded.title, "version": loaded.version}
    if loaded.content.get("draft"):
        words = _(
            "“%(title)s” %(version)s is sound and kept. It is marked as a draft, so no programme starts from it yet."
        )
        messages.info(request, words % told)
        return redirect(to(request, "choose_kit"))
    messages.success(request, _("“%(title)s” %(version)s is one of your kits now. Start a programme with it.") % told)
    return redirect(to(request, "create_programme", loaded.key))


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """A new programme with another one's handbook, as it stands."""
    require(request, "programmes.create_programme")
    original = or_404(next((one for one in programmes_to_copy(request.user) if one.slug == programme), None))
    form = ProgrammeForm(request.POST or None, initial={"title": _("%(title)s, a copy") % {"title": original.title}})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = copy_programme(original=original, title=said["title"], slug=said["slug"], actor=request.user)
        except SlugTaken:
            form.add_error("slug", _("Another programme has this address. Choose another."))
        else:
            messages.success(
                request, _("The programme is set up with a handbook of its own. Open a cohort, and people can join.")
            )
            return redirect(to(request, "programme", made.slug))
    kit = kit_of(original.handbook)
    context = {"form": form, "kit": kit, "named": names_of_partners(kit), "original": original}
    return render(request, "programmes/programme/create.html", context)
