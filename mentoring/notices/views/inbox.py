"""A person's own notices."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mentoring.notices.domain.queries import get_notice_for, inbox_of
from mentoring.notices.domain.rendering import render_message, subject_of
from mentoring.notices.domain.upkeep import mark_all_read, mark_read
from mentoring.notices.kinds import all_kinds
from mentoring.tenancy.access import Access, access

PAGE = 25


@access(Access.MEMBER)
@require_safe
def inbox(request: HttpRequest, organisation: str) -> HttpResponse:
    """All notices, newest first; what is new stands out."""
    known = inbox_of(request.user).filter(kind__in=[kind.name for kind in all_kinds()])
    page = Paginator(known, PAGE).get_page(request.GET.get("page"))
    rows = [(message, subject_of(message)) for message in page]
    unread = known.filter(read_at__isnull=True).count()
    return render(request, "notices/message/list.html", {"page": page, "rows": rows, "unread": unread})


@access(Access.MEMBER)
@require_safe
def show(request: HttpRequest, organisation: str, message_id: UUID) -> HttpResponse:
    """One notice, as it went out. Opening it notes that it was read; opening it again changes nothing."""
    message = get_notice_for(request.user, message_id)
    mark_read(message=message, actor=request.user)
    return render(request, "notices/message/show.html", {"message": message, "rendered": render_message(message)})


@access(Access.MEMBER)
@require_POST
def read_all(request: HttpRequest, organisation: str) -> HttpResponse:
    """Mark all as read."""
    mark_all_read(actor=request.user)
    messages.success(request, _("All your notices are marked as read."))
    return redirect("notices:inbox", organisation)
