"""Every e-mail that the demo has sent."""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp, csp_update
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from demo import mailbox
from demo.mailbox import Letter
from mentoring.tenancy.access import Access, access

PAGE = 50


@access(Access.DEMO)
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """All of them, newest first."""
    page = Paginator(mailbox.names(), PAGE).get_page(request.GET.get("page"))
    return render(request, "demo/mail.html", {"page": page, "letters": list(mailbox.heads(list(page)))})


@access(Access.DEMO)
@csp_update({"frame-src": [SELF]})
@require_safe
def letter(request: HttpRequest, name: str) -> HttpResponse:
    """One of them: as text, as its recipient sees it, and its attachments."""
    return render(request, "demo/letter.html", {"letter": _get(name)})


@access(Access.DEMO)
@csp(
    {
        "default-src": [NONE],
        "style-src": [UNSAFE_INLINE],
        "frame-ancestors": [SELF],
        "sandbox": ["allow-popups"],
    }
)
@xframe_options_sameorigin
@require_safe
def html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part alone, for the frame on the letter's page: it may bring its own styles and can do nothing else."""
    found = _get(name)
    if not found.html:
        raise Http404
    return HttpResponse(found.html)


@access(Access.DEMO)
@require_safe
def attachment(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """One attachment, to be kept."""
    parts = _get(name).attachments
    if number >= len(parts):
        raise Http404
    part = parts[number]
    headers = {"Content-Disposition": f'attachment; filename="attachment-{number + 1}.{_ending(part.name)}"'}
    return HttpResponse(part.content, content_type=part.content_type, headers=headers)


def _get(name: str) -> Letter:
    found = mailbox.letter(name)
    if found is None:
        raise Http404
    return found


def _ending(filename: str) -> str:
    """The file's ending, which may come from anybody, so only a plain one."""
    ending = filename.rpartition(".")[2].lower()
    return ending if ending.isalnum() and len(ending) <= 5 else "bin"
