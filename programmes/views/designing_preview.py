"""A draft as people will meet it: the form as each role, what is read afterwards, and the sheet on paper. Nothing is saved."""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.tenancy.access import Access, access
from programmes.domain.designing.paper import request_draft_pdf
from programmes.domain.designing.previewing import previewable
from programmes.domain.designing.sample import roles_of, sample_context
from programmes.domain.designing.words import readers_words
from programmes.models import Programme, WorksheetDraft
from programmes.views.designing import draft_frame, draft_or_404
from programmes.views.frame import to
from templates_app.answers import display
from templates_app.forms.keeping import Keeping
from templates_app.forms.worksheet import WorksheetForm
from templates_app.shapes import Worksheet


def _shown(draft: WorksheetDraft) -> tuple[Worksheet | None, int]:
    sheet, left_out = previewable(draft.definition)
    return (sheet if sheet is not None and sheet.fields() else None), left_out


@access(Access.MEMBER)
@require_safe
@csp_update({"frame-src": [SELF]})
def preview(request: HttpRequest, organisation: str, programme: str, worksheet: str) -> HttpResponse:
    """The draft in a frame as wide as a phone, as one role or the other."""
    found, draft = draft_or_404(request, programme, worksheet)
    shown, left_out = _shown(draft)
    roles = roles_of(shown) if shown else []
    role = _role_of(request, roles)
    form = to(request, "design_form", found.slug, worksheet)
    context = draft_frame(request, found, draft) | {
        "shown": shown,
        "left_out": left_out,
        "roles": [(key, name, key == role) for key, name in roles],
        "frame": f"{form}?role={role}",
    }
    return render(request, "programmes/designing/preview.html", context)


def _role_of(request: HttpRequest, roles: list[tuple[str, str]]) -> str:
    known = [key for key, _name in roles]
    wanted = request.GET.get("role", "")
    return wanted if wanted in known else (known[0] if known else "")


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def form(request: HttpRequest, organisation: str, programme: str, worksheet: str) -> HttpResponse:
    """The form itself. What is typed goes nowhere: it comes back as it would be read."""
    found, draft = draft_or_404(request, programme, worksheet)
    shown, _left_out = _shown(draft)
    if shown is None:
        return render(request, "programmes/designing/frame_empty.html", draft_frame(request, found, draft))
    if request.POST.get("_do") == "later":
        return redirect(request.get_full_path())
    role = _role_of(request, roles_of(shown))
    context = sample_context(found, request.user, role)
    filled = WorksheetForm(shown, request.POST if request.method == "POST" else None, context=context)
    values = _values(request, found, draft, shown, filled)
    if request.method == "POST" and not filled.changes_rows and request.POST.get("_do") == "review":
        checked = filled.checked("submit")
        if checked.ok:
            values["sections"] = display(shown, checked.answers, context)
            return render(request, "programmes/designing/frame_read.html", values)
    elif request.method == "POST":
        filled.checked("draft")
    return render(request, "programmes/designing/frame_form.html", values)


def _values(
    request: HttpRequest, programme: Programme, draft: WorksheetDraft, shown: Worksheet, filled: WorksheetForm
) -> dict[str, Any]:
    return {
        "programme": programme,
        "draft": draft,
        "sheet": shown,
        "form": filled,
        "readers": f"{readers_words(shown.readers)}.",
        "keeping": Keeping(revision=0, saved_words=_("Nothing is saved here")),
        "again": request.get_full_path(),
    }


@access(Access.MEMBER)
@require_POST
def paper(request: HttpRequest, organisation: str, programme: str, worksheet: str) -> HttpResponse:
    """Ask for the draft on paper, and go to its page."""
    _found, draft = draft_or_404(request, programme, worksheet)
    made = request_draft_pdf(draft=draft, actor=request.user)
    return redirect("templates_app:document", organisation, made.pk)
