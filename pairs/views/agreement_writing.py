"""Writing the agreement: the worksheet's own pages, and taking goals and ground rules over with one action."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mentoring.tenancy.access import Access, access
from pairs.domain.agreement_owner import agreement_owner
from pairs.domain.taking_over import take_into
from templates_app.domain.owners import WorksheetOwner
from templates_app.domain.responses import StaleSave
from templates_app.views.worksheet_urls import worksheet_urls


def _find(request: HttpRequest, pairing: UUID) -> WorksheetOwner:
    return agreement_owner(request.user, pairing)


urls = worksheet_urls("write/", "agreement_write", _find)


@access(Access.MEMBER)
@require_POST
def take(request: HttpRequest, organisation: str, pairing: UUID, field: str) -> HttpResponse:
    """Take everything the pair has written elsewhere for this field into the draft, or the lines that were ticked."""
    owner = agreement_owner(request.user, pairing)
    if not owner.is_writable:
        raise Http404
    picked = request.POST.getlist("line") if "pick" in request.POST else None
    if picked == []:
        messages.info(request, _("Tick the lines that you want to take over."))
        return redirect(owner.urls.back)
    try:
        count = take_into(owner=owner, field=field, actor=request.user, picked=picked)
    except StaleSave:
        return redirect(owner.urls.conflict)
    words = ngettext("%(count)d line was taken over.", "%(count)d lines were taken over.", count)
    messages.success(request, words % {"count": count} if count else _("Everything was taken over already."))
    return redirect("pairs:agreement_write", request.organisation.slug, pairing)
