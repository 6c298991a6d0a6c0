"""A worksheet's pages, for any owner: the room that owns a response builds a ``WorksheetOwner`` and calls these.

``worksheet_urls`` (``views/worksheet_urls.py``) makes all the addresses of a kind of owner at once, with what the views need
said on them: a form that keeps what a signed-out person sent, a call that answers scripts in JSON.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mentoring.accounts.kept_post import PARAMETER
from templates_app.domain.moving_drafts import earlier_sections
from templates_app.domain.owners import WorksheetOwner
from templates_app.domain.responses import StaleSave, WrongState, save_draft
from templates_app.forms.worksheet import WorksheetForm
from templates_app.models import Response
from templates_app.views.conflict import conflict_page
from templates_app.views.reading import read_page, reopen, reply, request_pdf, share
from templates_app.views.review import review_page, send_as_it_stands
from templates_app.views.sheets import (
    arrived,
    forget_own_kept_posts,
    form_of,
    keeping_of,
    key_of,
    own_kept_post,
    revision_of,
    saved_words,
)

__all__ = [
    "autosave",
    "conflict_page",
    "read_page",
    "reopen",
    "reply",
    "request_pdf",
    "review_page",
    "share",
    "worksheet_page",
]


def worksheet_page(request: HttpRequest, owner: WorksheetOwner) -> HttpResponse:
    """Fill in a worksheet. POST saves a draft and goes where its button says (``_do``: save, later, review, send)."""
    if request.method == "POST":
        return _posted(request, owner)
    if not owner.is_writable:
        return redirect(owner.urls.read)
    kept = own_kept_post(request, owner)
    form = form_of(request, owner, kept)
    form.checked("submit" if "check" in request.GET else "draft")
    return _page(request, owner, form, kept)


def _posted(request: HttpRequest, owner: WorksheetOwner) -> HttpResponse:
    if not owner.may_write:
        return redirect(owner.urls.read)
    # Whatever becomes of it, the server now has every word: saved, set aside, or sent already with the same words.
    return arrived(request, _taken_in(request, owner))


def _taken_in(request: HttpRequest, owner: WorksheetOwner) -> HttpResponse:
    try:
        form = _saved(request, owner)
    except StaleSave:
        return redirect(owner.urls.conflict)
    except WrongState:
        messages.warning(request, _("This sheet was sent meanwhile, with the same words. You can read it here."))
        return redirect(owner.urls.read)
    forget_own_kept_posts(request, owner)
    if form.changes_rows or form.faults:
        form.checked("draft")
        return _page(request, owner, form)
    if request.POST.get("_do") == "send" and form.worksheet.at_once:
        return send_as_it_stands(request, owner)
    return redirect(
        {"review": owner.urls.review, "later": owner.urls.back}.get(request.POST.get("_do", ""), owner.urls.page)
    )


def _saved(request: HttpRequest, owner: WorksheetOwner) -> WorksheetForm:
    """The form as posted, after everything in it is saved."""
    files = request.FILES if owner.is_writable else None
    form = form_of(request, owner, request.POST, files)
    _save(request, owner, form)
    return form


def _save(request: HttpRequest, owner: WorksheetOwner, form: WorksheetForm) -> Response:
    return save_draft(
        response=owner.response,
        actor=request.user,
        answers=form.raw_answers(),
        revision=revision_of(request.POST),
        save_key=key_of(request.POST),
        context=form.context,
    )


def _page(
    request: HttpRequest, owner: WorksheetOwner, form: WorksheetForm, kept: QueryDict | None = None
) -> HttpResponse:
    """The form's page; ``kept`` is what was typed before signing in again, which is not saved yet.

    ``another_s``: something was kept, and is not this person's to see.
    """
    values = {
        "owner": owner,
        "form": form,
        "kept": kept is not None,
        "another_s": request.method == "GET" and PARAMETER in request.GET and kept is None,
        "readers": owner.readers_sentence,
        "keeping": keeping_of(request, owner, posted=kept),
        "earlier": earlier_sections(owner.response, owner.context, owner.may_read),
    }
    return render(request, "templates_app/response/form.html", values)


def autosave(request: HttpRequest, owner: WorksheetOwner) -> JsonResponse:
    """Save the form as it stands, for scripts.

    200 ``{"saved_at", "saved_label", "revision", "answered", "total"}``; 409 ``{"conflict_url"}`` when another save came
    first; 403 for who may not write. Signed out, ``answers_json`` has answered 401 before.
    """
    if not owner.may_write:
        return JsonResponse({}, status=403)
    try:
        response = _save(request, owner, form_of(request, owner, request.POST))
    except StaleSave:
        return JsonResponse({"conflict_url": owner.urls.conflict}, status=409)
    except WrongState:
        return JsonResponse({"conflict_url": owner.urls.read}, status=409)
    return JsonResponse(
        {
            "saved_at": response.saved_at,
            "saved_label": saved_words(owner),
            "revision": response.revision,
            "answered": response.answered,
            "total": response.asked,
        }
    )
