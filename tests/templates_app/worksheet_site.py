"""A site with nothing but one worksheet, for the browser tests of its page: answers in memory, a session one can end."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.template import engines
from django.urls import path
from django.views.decorators.csrf import ensure_csrf_cookie

from mentoring.accounts.kept_post import answers_json
from templates_app.answers import check, display, progress
from templates_app.forms.keeping import keeping
from templates_app.forms.worksheet import WorksheetForm
from templates_app.shapes import Worksheet
from templates_app.views.sheets import arrived
from tests.templates_app.sink import HELENS_SIGNATURE, kitchen_sink, someone

PAGE = """{% load static %}<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Worksheet</title>
<link rel="icon" href="{% static 'ui/icon.svg' %}"><link rel="stylesheet" href="{% static 'ui/site.css' %}">
<script src="{% static 'ui/page.js' %}" defer></script>
{% include "templates_app/worksheet/_scripts.html" %}</head>
<body><main id="content" class="narrow"><h1>{{ title }}</h1>
{% if form %}{% include "templates_app/worksheet/_form.html" %}{% endif %}
{% if sections %}{% include "templates_app/worksheet/_shown.html" %}{% endif %}</main></body></html>"""


@dataclass
class Desk:
    """What the server holds."""

    worksheet: Worksheet = field(default_factory=kitchen_sink)
    answers: dict[str, Any] = field(default_factory=lambda: {"countersign": HELENS_SIGNATURE})
    revision: int = 1
    signed_in: bool = True
    beside: list[dict[str, Any]] = field(default_factory=list)
    saves: int = 0
    user: str = "ana"
    refuses: bool = False
    typed_before: dict[str, str] | None = None


desk = Desk()


def _page(**context: Any) -> HttpResponse:
    request = context.pop("request")
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


def _form(request: HttpRequest) -> WorksheetForm:
    data = request.POST if request.method == "POST" else desk.typed_before
    return WorksheetForm(desk.worksheet, data, request.FILES, answers=desk.answers, context=someone())


def _save(request: HttpRequest, form: WorksheetForm, mode: str = "draft") -> bool:
    checked = check(desk.worksheet, form.raw_answers(), form.context, mode="draft", stored=desk.answers)
    if int(request.POST["revision"]) != desk.revision and checked.answers != desk.answers:
        desk.beside.append(checked.answers)
        return False
    desk.answers, desk.revision, desk.saves = checked.answers, desk.revision + 1, desk.saves + 1
    return True


@ensure_csrf_cookie
def fill(request: HttpRequest) -> HttpResponse:
    """The page, and what its buttons do."""
    if not desk.signed_in:
        return redirect("/login")
    form = _form(request)
    if request.method == "POST":
        if not _save(request, form):
            return arrived(request, redirect("/both"))
        if request.POST.get("_do") == "save" and not form.changes_rows:
            return arrived(request, redirect("/"))
        if not form.changes_rows and (request.POST.get("_do") != "review" or form.checked("submit").ok):
            return arrived(request, redirect("/read"))
    kept = keeping(
        user=desk.user,
        response=1,
        revision=desk.revision,
        draft_url="/draft",
        login_url="/login",
        saved_words="Saved 10:41",
    )
    return _page(
        request=request,
        form=form,
        keeping=kept,
        kept=desk.typed_before is not None,
        readers="Helen, once you both have sent yours.",
        title="Everything there is",
    )


@answers_json
def draft(request: HttpRequest) -> HttpResponse:
    """Where the page saves by itself."""
    if not desk.signed_in:
        return redirect("/login")
    if desk.refuses:
        return JsonResponse({}, status=403)
    form = _form(request)
    if not _save(request, form):
        return JsonResponse({"conflict_url": "/both"}, status=409)
    answered, total = progress(desk.worksheet, desk.answers)
    words = {"saved_at": "2026-11-22T10:42:00Z", "saved_label": "Saved 10:42", "revision": desk.revision}
    return JsonResponse(words | {"answered": answered, "total": total})


def login(request: HttpRequest) -> HttpResponse:
    """Signing in again, as the same person or as the one that ``as`` names. Whoever signs in gets a new token, as in Django."""
    desk.signed_in = True
    desk.user = request.GET.get("as", desk.user)
    rotate_token(request)
    return redirect("/")


def read(request: HttpRequest) -> HttpResponse:
    """The readable page."""
    return _page(request=request, sections=display(desk.worksheet, desk.answers, someone()), title="As it is read")


def both(request: HttpRequest) -> HttpResponse:
    """Both texts."""
    return HttpResponse("Both texts")


urlpatterns = [
    path("", fill),
    path("draft", draft),
    path("login", login),
    path("read", read),
    path("both", both),
]
