"""The notice for all staff: the coordinators' page that opens it, and the page itself."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mentoring.accounts.kept_post import keeps_posts
from mentoring.tenancy.access import Access, access, require
from programmes.domain.public_notices import keep_notice, notice_of, notice_terms, open_notice, spoken, standing_of
from programmes.domain.queries import get_programme_for, or_404
from programmes.domain.sheets import programme_context
from programmes.forms.notice import NoticeForm
from programmes.models import Programme, PublicNotice
from programmes.views.frame import posted, programme_frame, to
from templates_app.answers import article_html, display, to_html
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import answers_of


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """Open, change or close it; below stands what is on it, open or not."""
    found = get_programme_for(request.user, programme)
    require(request, "programmes.change_programme", found)
    if not notice_terms(found).offered:
        raise Http404
    here, row = to(request, "keep_notice", found.slug), notice_of(found)
    form = NoticeForm(posted(request), initial=_as_it_stands(row))
    if request.method == "POST" and form.is_valid():
        kept = keep_notice(programme=found, actor=request.user, **form.cleaned_data)
        messages.success(request, _("The page is open.") if kept.is_open else _("The page is closed."))
        return redirect(here)
    context = programme_frame(request, found, (_("Notice for all staff"), here)) | _content(found)
    address = to(request, "notice", spoken(row.code)) if row is not None and row.is_open else ""
    context |= {"form": form, "notice": row, "path": address, "address": f"{settings.SITE_URL}{address}"}
    return render(request, "programmes/notice/keep.html", context, status=422 if form.errors else 200)


def _as_it_stands(row: PublicNotice | None) -> dict[str, Any]:
    names = ("is_open", "contact", "may_be_found")
    return {name: getattr(row, name) for name in names} if row is not None else {}


@access(Access.VISITOR)
@require_safe
def notice(request: HttpRequest, organisation: str, code: str) -> HttpResponse:
    """What everybody reads alike. A code that opens nothing is answered as an address that does not exist."""
    row = or_404(open_notice(code))
    context = {"programme": row.programme, "notice": row} | _content(row.programme)
    answer = render(request, "programmes/notice/page.html", context)
    if not row.may_be_found:
        answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _content(programme: Programme) -> dict[str, Any]:
    """What stands on it, ready to be shown."""
    standing = standing_of(programme)
    context = programme_context(programme, None)
    return {
        "words": to_html(standing.terms.words),
        "roles": standing.roles,
        "sheets": [_shown(sheet.response, context) for sheet in standing.sheets],
        "articles": [(row, article_html(row.body)) for row in standing.articles],
    }


def _shown(response: Any, context: Any) -> dict[str, Any]:
    shape = worksheet_of(response.version)
    return {"title": shape.title, "key": shape.key, "sections": display(shape, answers_of(response), context)}
