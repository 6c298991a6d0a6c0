"""A worksheet as it is read: its page, its PDF, taking it up again, and opening it to more readers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mentoring.ui import dates
from templates_app.answers import display
from templates_app.domain.kits import worksheet_of
from templates_app.domain.moving_drafts import earlier_sections
from templates_app.domain.owners import Audience, Line, WorksheetOwner
from templates_app.domain.responses import WrongState, answers_of, reopen_response
from templates_app.domain.sharing import share_response, take_back_share
from templates_app.domain.worksheet_documents import request_worksheet_pdf


def read_page(request: HttpRequest, owner: WorksheetOwner) -> HttpResponse:
    """A worksheet to read, with what this person may do with it. Who is still writing it goes on writing."""
    response = owner.response
    if owner.is_writable:
        return redirect(owner.urls.page)
    values = {
        "owner": owner,
        "lines": [*owner.lines, *_sent(owner)],
        "sections": display(worksheet_of(response.version), answers_of(response), owner.context, owner.may_read),
        "may_reopen": owner.may_reopen and response.is_submitted and bool(owner.urls.reopen),
        "audiences": owner.audiences if owner.urls.share else (),
        "earlier": earlier_sections(response, owner.context, owner.may_read) if owner.may_write else (),
    }
    return render(request, "templates_app/response/read.html", values)


def _sent(owner: WorksheetOwner) -> list[Line]:
    at = owner.response.submitted_at
    return (
        [Line(label=_("Sent"), text=dates.moment(at, owner.context.zone))] if owner.response.is_submitted and at else []
    )


def request_pdf(request: HttpRequest, owner: WorksheetOwner) -> HttpResponse:
    """Ask for the PDF and go to its page. POST only."""
    document = request_worksheet_pdf(owner=owner, actor=request.user)
    return redirect("templates_app:document", request.organisation.slug, document.pk)


def reopen(request: HttpRequest, owner: WorksheetOwner) -> HttpResponse:
    """Take a sent sheet up again and go on writing. POST only."""
    if not owner.may_reopen:
        raise PermissionDenied
    try:
        reopen_response(response=owner.response, actor=request.user, then=owner.on_reopened)
    except WrongState:
        messages.info(request, _("This sheet has been taken up again already."))
    return redirect(owner.urls.page)


def share(request: HttpRequest, owner: WorksheetOwner) -> HttpResponse:
    """Open the sheet to one of the owner's audiences (``audience``), or close it again (``do=stop``). POST only."""
    audience = next((one for one in owner.audiences if one.key == request.POST.get("audience")), None)
    if audience is None:
        return HttpResponseBadRequest()
    if request.POST.get("do") == "stop":
        take_back_share(response=owner.response, audience=audience.key, actor=request.user)
        messages.success(request, _("%(name)s cannot read this any more.") % {"name": audience.name})
    else:
        _open_to(request, owner, audience)
    return redirect(owner.urls.read)


def _open_to(request: HttpRequest, owner: WorksheetOwner, audience: Audience) -> None:
    try:
        share_response(response=owner.response, audience=audience.key, actor=request.user, then=owner.on_shared)
    except WrongState:
        messages.info(request, _("Send the sheet first: only what was sent is opened to others."))
    else:
        messages.success(request, _("%(name)s can read this now.") % {"name": audience.name})
