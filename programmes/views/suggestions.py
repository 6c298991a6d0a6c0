"""The suggestion box: writing without a name, reading the reply with a code, and the coordinators' side.

What is written here is never kept for after signing in again, and no page leads on by an address that holds a code.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mentoring.tenancy.access import Access, access, require
from programmes.domain.queries import get_programme_for, or_404
from programmes.domain.suggestions import (
    BoxClosed,
    BoxFull,
    NoSuchCode,
    NotACode,
    answer_suggestion,
    box_of,
    counts_of,
    get_suggestion_for,
    is_closed,
    new_code,
    places_with_box,
    published_replies,
    suggestion_with,
    suggestions_for,
    write_suggestion,
)
from programmes.forms.suggestions import CodeForm, ReplyForm, SuggestionForm
from programmes.models import Programme
from programmes.views.frame import programme_frame, to

PAGE = 20


@access(Access.MEMBER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def suggestions(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """For who takes part: put a note in, or read the reply with the code one kept."""
    found = or_404(next((one for one in places_with_box(request.user) if one.slug == programme), None))
    asks = request.method == "POST" and "kept" in request.POST
    writes = request.method == "POST" and not asks
    form = SuggestionForm(request.POST if writes else None, initial={"code": new_code()})
    code_form = CodeForm(request.POST if asks else None)
    context: dict[str, Any] = {"programme": found, "box": box_of(found), "is_closed": is_closed(found)}
    if writes and form.is_valid() and _written(request, found, form):
        return render(request, "programmes/suggestion/written.html", context | {"code": form.cleaned_data["code"]})
    if asks and code_form.is_valid():
        try:
            context["mine"] = suggestion_with(code_form.cleaned_data["kept"], found)
        except NoSuchCode:
            code_form.add_error(
                "kept", _("There is no note with this code in this programme. Compare it letter by letter.")
            )
    context |= {"form": form, "code_form": code_form, "replies": published_replies(found)}
    faulty = form.errors or code_form.errors
    return render(request, "programmes/suggestion/box.html", context, status=422 if faulty else 200)


def _written(request: HttpRequest, programme: Programme, form: SuggestionForm) -> bool:
    try:
        write_suggestion(programme=programme, actor=request.user, **form.cleaned_data)
    except BoxFull:
        form.add_error(None, _("The box is full for today. Copy what you wrote and put it in tomorrow."))
    except BoxClosed:
        form.add_error(None, _("The box is closed. Speak to a coordinator, or to somebody you trust."))
    except NotACode:
        form.add_error(
            None, _("Something of the page was lost. Copy what you wrote, open the page anew and try again.")
        )
    else:
        return True
    return False


@access(Access.MEMBER)
@require_safe
def box(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """The notes, for coordinators; for the steering group and admins how many there are."""
    found = get_programme_for(request.user, programme)
    counts = counts_of(request.user, found)
    if not box_of(found).offered or counts is None:
        or_404(None)
    page = Paginator(suggestions_for(request.user, found), PAGE).get_page(request.GET.get("page"))
    context = programme_frame(request, found, (_("Suggestions"), request.path)) | {"page": page, "counts": counts}
    return render(request, "programmes/suggestion/list.html", context)


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, organisation: str, programme: str, suggestion: UUID) -> HttpResponse:
    """One note and its reply."""
    found = get_programme_for(request.user, programme)
    require(request, "programmes.change_programme", found)
    row = get_suggestion_for(request.user, found, suggestion)
    initial = {"reply": row.reply, "publish": row.is_published}
    form = ReplyForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        answer_suggestion(suggestion=row, actor=request.user, **form.cleaned_data)
        messages.success(request, _("Whoever wrote it finds your reply with their code."))
        return redirect(to(request, "suggestion_box", found.slug))
    context = programme_frame(request, found, (_("Suggestions"), to(request, "suggestion_box", found.slug)))
    return render(request, "programmes/suggestion/answer.html", context | {"suggestion": row, "form": form})
