"""A worksheet as it is read: its page, its PDF, taking it up again, and opening it to more readers."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mentoring.ui import dates
from templates_app.answers import display
from templates_app.answers.sides import reply_part
from templates_app.domain.kits import worksheet_of
from templates_app.domain.moving_drafts import earlier_sections
from templates_app.domain.owners import Audience, Line, WorksheetOwner
from templates_app.domain.responses import NotComplete, WrongState, answers_of, reopen_response, write_reply
from templates_app.domain.sharing import share_response, take_back_share
from templates_app.domain.worksheet_documents import NotSignedByAll, request_worksheet_pdf
from templates_app.forms.worksheet import WorksheetForm
from templates_app.shapes import FieldShape
from templates_app.views.sheets import revision_of


def read_page(request: HttpRequest, owner: WorksheetOwner) -> HttpResponse:
    """A worksheet to read, with what this person may do with it. Who is still writing it goes on writing."""
    if owner.is_writable:
        return redirect(owner.urls.page)
    return _page(request, owner, _reply_form(owner) if owner.may_reply else None)


def reply(request: HttpRequest, owner: WorksheetOwner) -> HttpResponse:
    """Write what is one's own side's to write on a sheet that the other has sent. POST only; shown again where it cannot be
    taken as it is, with every word.
    """
    if not owner.may_reply or not owner.urls.reply:
        raise PermissionDenied
    form = _reply_form(owner, request.POST)
    if form.changes_rows:
        return _page(request, owner, form)
    try:
        write_reply(
            response=owner.response,
            actor=request.user,
            answers=form.raw_answers(),
            revision=revision_of(request.POST),
            context=owner.context,
        )
    except NotComplete:
        form.checked("submit")
        return _page(request, owner, form, status=422)
    except WrongState:
        messages.warning(request, _("Somebody else wrote here meanwhile. Look it over, and save yours once more."))
        return _page(request, owner, form, status=409)
    messages.success(request, _("Saved. Whoever may read this sheet reads it."))
    return redirect(owner.urls.read)


def _reply_form(owner: WorksheetOwner, data: QueryDict | None = None) -> WorksheetForm:
    part = reply_part(worksheet_of(owner.response.version), owner.context)
    if part is None:
        raise PermissionDenied
    known = {shape.key for shape in part.fields()}
    context = replace(owner.context, side=part.fields()[0].side)  # asked in the words for who replies
    stored = {key: value for key, value in answers_of(owner.response).items() if key.removesuffix("__other") in known}
    return WorksheetForm(part, data, answers=stored, context=context, prefix="r")


def _page(
    request: HttpRequest, owner: WorksheetOwner, form: WorksheetForm | None, *, status: int = 200
) -> HttpResponse:
    response = owner.response
    replying = {shape.key for shape in form.worksheet.fields()} if form else set()

    def reads(shape: FieldShape) -> bool:
        return (
            owner.may_read(shape) and shape.key not in replying
        )  # what stands in the form need not stand above it too

    values = {
        "form": form,
        "owner": owner,
        "lines": [*owner.lines, *_sent(owner)],
        "sections": display(worksheet_of(response.version), answers_of(response), owner.context, reads),
        "may_reopen": owner.may_reopen and response.is_submitted and bool(owner.urls.reopen),
        "audiences": owner.audiences if owner.urls.share else (),
        "earlier": earlier_sections(response, owner.context, owner.may_read) if owner.may_write else (),
    }
    return render(request, "templates_app/response/read.html", values, status=status)


def _sent(owner: WorksheetOwner) -> list[Line]:
    at = owner.response.submitted_at
    return (
        [Line(label=_("Sent"), text=dates.moment(at, owner.context.zone))] if owner.response.is_submitted and at else []
    )


def request_pdf(request: HttpRequest, owner: WorksheetOwner) -> HttpResponse:
    """Ask for the PDF and go to its page. POST only. Of a sheet that somebody still has to sign there is none."""
    try:
        document = request_worksheet_pdf(owner=owner, actor=request.user)
    except NotSignedByAll:
        raise Http404 from None
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
