"""All the addresses of one kind of owner at once, so that every room has the same pages with the same names."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_POST

from mentoring.accounts.kept_post import answers_json, keeps_posts
from mentoring.tenancy.access import Access, access
from templates_app.domain.owners import WorksheetOwner
from templates_app.views import worksheet

FindOwner = Callable[..., WorksheetOwner | HttpResponse]
"""``fn(request, **kwargs of the route)``: the owner as the person who asks meets it, or the page that stands in the way.
Raises ``Http404``."""
Page = Callable[[HttpRequest, WorksheetOwner], HttpResponse]

_form = require_http_methods(["GET", "HEAD", "POST"])
_look = require_http_methods(["GET", "HEAD"])


def worksheet_urls(
    route: str, name: str, find: FindOwner, *, level: Access = Access.MEMBER, replies: bool = False
) -> list[URLPattern]:
    """The pages of every response of a kind, below ``route`` (which ends in a slash): what ``WorksheetUrls`` names.

    They are called ``name`` (the form) and ``name_draft``, ``_review``, ``_conflict``, ``_read``, ``_pdf``, ``_reopen``,
    ``_share``; with ``replies`` also ``_reply``.
    """
    pages: list[tuple[str, str, Callable[..., Any]]] = [
        ("", "", _form(keeps_posts(_view(worksheet.worksheet_page, find, level)))),
        ("draft/", "_draft", require_POST(answers_json(_view(worksheet.autosave, find, level)))),
        ("review/", "_review", _form(_view(worksheet.review_page, find, level))),
        ("conflict/", "_conflict", _form(_view(worksheet.conflict_page, find, level))),
        ("read/", "_read", _look(_view(worksheet.read_page, find, level))),
        ("pdf/", "_pdf", require_POST(_view(worksheet.request_pdf, find, level))),
        ("reopen/", "_reopen", require_POST(_view(worksheet.reopen, find, level))),
        ("share/", "_share", require_POST(_view(worksheet.share, find, level))),
    ]
    if replies:
        pages.append(("reply/", "_reply", require_POST(_view(worksheet.reply, find, level))))
    return [path(f"{route}{below}", view, name=f"{name}{suffix}") for below, suffix, view in pages]


def _view(page: Page, find: FindOwner, level: Access) -> Callable[..., HttpResponse]:
    @wraps(page)
    def view(request: HttpRequest, organisation: str, **kwargs: Any) -> HttpResponse:
        owner = find(request, **kwargs)
        return owner if isinstance(owner, HttpResponse) else page(request, owner)

    return access(level)(view)
