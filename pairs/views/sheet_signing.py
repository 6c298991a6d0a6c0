"""Signing a sheet as somebody with an account, and reading one sending of it as it was frozen."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mentoring.tenancy.access import Access, access
from pairs.domain.agreement_states import WrongState
from pairs.domain.people import NotAMember
from pairs.domain.signed_sheets.queries import ReadableSheet, get_text_for, get_text_to_sign, read_sheet
from pairs.domain.signed_sheets.signing import sign_sheet
from pairs.domain.signing_record import NotSigned
from pairs.enums import AgreementState
from pairs.forms.agreement import SigningForm
from pairs.models import SignedSheet
from pairs.views.agreement import signed_in_by
from pairs.views.common import to


def _readable(request: HttpRequest, text: SignedSheet) -> ReadableSheet:
    return read_sheet(text, zone=request.user.zone, locale=get_language() or "en-gb")


@access(Access.MEMBER)
@require_safe
def signed(request: HttpRequest, organisation: str, output: UUID, number: int) -> HttpResponse:
    """One sending of a sheet, exactly as it was sent, with who signed it and whether all of that still holds."""
    text, reader = get_text_for(request.user, output, number)
    context = {"text": text, "readable": _readable(request, text), "is_member": reader.person is not None}
    return render(request, "pairs/signing/text.html", context)


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, organisation: str, output: UUID) -> HttpResponse:
    """Read the whole text and sign it."""
    text, may_sign = get_text_to_sign(request.user, output)
    if not may_sign:
        messages.info(request, _("There is nothing here for you to sign just now. Here is how it stands."))
        return to(request, "pairs:output-signed", output, text.number)
    readable, posted = _readable(request, text), request.POST if request.method == "POST" else None
    form = SigningForm(
        [], signing=readable.signing, statement=text.content["statement"], initial_consent={}, data=posted
    )
    if request.method == "POST" and form.is_valid() and _signed(request, text, form):
        return to(request, "pairs:output-signed", output, text.number)
    context = {"text": text, "readable": readable, "form": form, "signing": readable.signing}
    return render(request, "pairs/signing/sign.html", context, status=422 if form.errors else 200)


def _signed(request: HttpRequest, text: SignedSheet, form: SigningForm) -> bool:
    """Sign; ``False`` with a message on the form when the signature was not taken."""
    try:
        sign_sheet(
            text=text,
            actor=request.user,
            method=signed_in_by(request),
            **form.signature(),
        )
    except (NotSigned, WrongState) as fault:
        form.add_error(None, str(fault))
        return False
    except NotAMember:
        form.add_error(None, _("This is not yours to sign any more."))
        return False
    if text.state == AgreementState.SIGNED:
        messages.success(request, _("Signed by all. Everybody who signed has been told."))
    else:
        messages.success(request, _("You have signed. Whoever still has to sign has been told that it is their turn."))
    return True
