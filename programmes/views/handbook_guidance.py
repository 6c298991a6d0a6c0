"""The guidance of a programme, as coordinators change it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.accounts.kept_post import keeps_posts
from mentoring.tenancy.access import Access, access
from programmes.domain.guidance import articles_in_order, chapters_of
from programmes.domain.handbook.articles import add_article, change_article, remove_article
from programmes.domain.handbook.editing import NotSound, article_values
from programmes.forms.handbook import CHAPTERS, ArticleForm
from programmes.models import Programme
from programmes.views.frame import posted, programme_frame, to
from programmes.views.handbook_saving import base_of, editable, say_changed, try_change
from templates_app.answers import article_html
from templates_app.domain.kits import kit_of

PREVIEW = "preview"
"""The button that shows an article as it would read, and saves nothing."""


@access(Access.MEMBER)
@require_safe
def articles(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """Every article by chapter."""
    found = editable(request, programme)
    chapters = chapters_of(articles_in_order(found.handbook), CHAPTERS)
    return render(request, "programmes/handbook/articles.html", _frame(request, found) | {"chapters": chapters})


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def article(request: HttpRequest, organisation: str, programme: str, key: str) -> HttpResponse:
    """Change an article, or look at it first."""
    found = editable(request, programme)
    stands = get_object_or_404(articles_in_order(found.handbook), key=key)
    form = ArticleForm(posted(request), kit=kit_of(found.handbook), initial=ArticleForm.initial_of(stands))
    context = _frame(request, found, inside=True) | _preview(request, form)
    context |= {"form": form, "base": base_of(request, article_values(stands)), "article": stands}
    if request.method == "POST" and form.is_valid() and PREVIEW not in request.POST:
        values, base = form.cleaned_data, context["base"]
        tried = try_change(
            form,
            lambda: change_article(programme=found, key=key, values=values, base=base, actor=request.user),
        )
        if tried.done:
            say_changed(request, found, tried.edit)
            return redirect(to(request, "handbook_guidance", found.slug))
        context |= tried.context
    return render(request, "programmes/handbook/article.html", context)


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """Write an article of the programme's own."""
    found = editable(request, programme)
    start = {"chapter": "tips", "roles": ["mentor", "mentee"]}
    form = ArticleForm(posted(request), kit=kit_of(found.handbook), initial=start)
    if request.method == "POST" and form.is_valid() and PREVIEW not in request.POST:
        values = form.cleaned_data
        tried = try_change(form, lambda: add_article(programme=found, values=values, actor=request.user))
        if tried.done:
            say_changed(request, found, tried.edit)
            return redirect(to(request, "handbook_guidance", found.slug))
    context = _frame(request, found, inside=True) | _preview(request, form) | {"form": form, "article": None}
    return render(request, "programmes/handbook/article.html", context)


@access(Access.MEMBER)
@require_POST
def remove(request: HttpRequest, organisation: str, programme: str, key: str) -> HttpResponse:
    """Take an article out, with the way back."""
    found = editable(request, programme)
    get_object_or_404(articles_in_order(found.handbook), key=key)
    try:
        say_changed(request, found, remove_article(programme=found, key=key, actor=request.user))
    except NotSound as fault:
        messages.error(request, _("This cannot be taken out: %(reason)s") % {"reason": str(fault)})
    return redirect(to(request, "handbook_guidance", found.slug))


def _preview(request: HttpRequest, form: ArticleForm) -> dict[str, Any]:
    if PREVIEW not in request.POST:
        return {}
    return {"preview": article_html(request.POST.get("body", "")), "preview_title": request.POST.get("title", "")}


def _frame(request: HttpRequest, programme: Programme, *, inside: bool = False) -> dict[str, Any]:
    trail = [(_("Handbook"), to(request, "handbook", programme.slug))]
    if inside:
        trail.append((_("Guidance"), to(request, "handbook_guidance", programme.slug)))
    return programme_frame(request, programme, *trail)
