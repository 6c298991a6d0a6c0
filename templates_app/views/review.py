"""Read a worksheet over before it is sent."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from templates_app.answers import display
from templates_app.domain.kits import worksheet_of
from templates_app.domain.owners import WorksheetOwner
from templates_app.domain.responses import HeldBack, NotComplete, StaleSave, WrongState, answers_of, submit_response
from templates_app.forms.worksheet import WorksheetForm
from templates_app.views.sheets import form_of, key_of, revision_of


def review_page(request: HttpRequest, owner: WorksheetOwner) -> HttpResponse:
    """The answers as they will be read, what is missing, and the button that sends. POST sends what was reviewed."""
    if not owner.is_writable:
        if request.method == "POST":
            messages.info(request, _("This sheet was sent or closed already. Here it is as it stands."))
        return redirect(owner.urls.read)
    if request.method == "POST":
        return _send(request, owner)
    form = form_of(request, owner)
    form.checked("submit")
    values = {
        "owner": owner,
        "sections": display(
            worksheet_of(owner.response.version), answers_of(owner.response), owner.context, owner.may_read
        ),
        "faults": form.fault_list,
        "warnings": _warnings(form),
    }
    return render(request, "templates_app/response/review.html", values)


def _warnings(form: WorksheetForm) -> list[dict[str, Any]]:
    """What could still be answered, with the anchor of its question, in the order of the page."""
    found = [(path, form.targets.get(path)) for path in form.warnings]
    places = {path: place for place, path in enumerate(form.targets)}
    found.sort(key=lambda pair: places.get(pair[0], len(places)))
    return [{"anchor": target[0], "label": target[1], "words": form.warnings[path]} for path, target in found if target]


def _send(request: HttpRequest, owner: WorksheetOwner) -> HttpResponse:
    if revision_of(request.POST) != owner.response.revision:
        messages.warning(request, _("The sheet has changed since you read it over. Please look once more."))
        return redirect(owner.urls.review)
    return send_as_it_stands(request, owner)


def send_as_it_stands(request: HttpRequest, owner: WorksheetOwner) -> HttpResponse:
    """Send what is saved, and go where that leads: to the sheet, or back to what has to be put right first."""
    response = owner.response
    try:
        submit_response(
            response=response,
            actor=request.user,
            answers=answers_of(response),
            revision=response.revision,
            context=owner.context,
            save_key=key_of(request.POST),
            then=owner.on_submitted,
        )
    except NotComplete:
        return redirect(f"{owner.urls.page}?check=1")
    except StaleSave:
        return redirect(owner.urls.conflict)
    except HeldBack as first:
        messages.warning(request, str(first))
        return redirect(owner.urls.back)
    except WrongState:
        messages.warning(
            request, _("The sheet was sent or closed meanwhile, so yours was not sent. What was saved is kept.")
        )
        return redirect(owner.urls.back)
    except PermissionDenied:
        messages.warning(request, _("This sheet is not yours to send any more. What was saved is kept."))
        return redirect(owner.urls.back)
    messages.success(request, _("Sent."))
    return redirect(owner.urls.read)
