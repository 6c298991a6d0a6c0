"""The one page behind the link of whoever signs an agreement or a sheet from outside."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mentoring.tenancy.access import Access, access
from pairs.domain.agreement_reading import ReadableAgreement, read_agreement
from pairs.domain.agreement_states import WrongState
from pairs.domain.outside_asking import asked_for
from pairs.domain.outside_signing import (
    decline_from_outside,
    is_for_somebody_else,
    sign_from_outside,
    usable_signing_link,
)
from pairs.domain.signed_sheets.queries import ReadableSheet, read_sheet
from pairs.domain.signing_record import NotSigned, Text
from pairs.domain.turns import terms_of
from pairs.forms.agreement import SigningForm
from pairs.forms.outside_signing import DecliningForm
from pairs.models import Agreement, OutsideSigner, Pairing
from programmes.domain.coordinators import coordinators_of
from programmes.domain.outside import LinkUnusable
from programmes.models import Programme
from programmes.views.outside import unusable_link

_PAGES = {
    True: ("pairs/agreement/outside.html", "pairs/agreement/outside_done.html"),
    False: ("pairs/signing/outside.html", "pairs/signing/outside_done.html"),
}
"""For an agreement, and for a sheet."""


@access(Access.VISITOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, organisation: str, token: str) -> HttpResponse:
    """What the link leads to: exactly the text, and two buttons. Nothing else of the pair is here."""
    try:
        found = usable_signing_link(token).signer
        text = asked_for(found)
        assert text is not None, "a usable link leads to a text"
        text.pairing = found.pairing
        if request.user.is_authenticated and is_for_somebody_else(request.user, text):
            return render(request, "pairs/agreement/outside_not_yours.html", {}, status=403)
        return _answered(request, found, text, token)
    except LinkUnusable as fault:
        return unusable_link(request, fault, _programme_of)


def _read(text: Text) -> ReadableAgreement | ReadableSheet:
    zone, locale = text.pairing.cohort.zone, get_language() or "en-gb"
    if isinstance(text, Agreement):
        return read_agreement(text, zone=zone, locale=locale)
    return read_sheet(text, zone=zone, locale=locale)


def _answered(request: HttpRequest, found: OutsideSigner, text: Text, token: str) -> HttpResponse:
    page, done_page = _PAGES[isinstance(text, Agreement)]
    readable = _read(text)
    signing, statement = readable.signing, text.content["statement"]
    declines = request.POST.get("do") == "decline"
    posted = request.POST if request.method == "POST" else None
    form = SigningForm([], signing=signing, statement=statement, initial_consent={}, data=None if declines else posted)
    declining = DecliningForm(posted if declines else None)
    current = declining if declines else form
    if posted is not None and current.is_valid():
        try:
            done = _take_in(token, form, declining, declines=declines)
        except (NotSigned, WrongState) as fault:
            current.add_error(None, str(fault))
        else:
            return render(request, done_page, {"signer": done, "readable": readable, "text": text})
    context: dict[str, Any] = {"signer": found, "readable": readable, "text": text, "form": form}
    context |= {"declining": declining, "signing": signing}
    context["terms"] = terms_of(found.pairing, found.output).get(found.key)
    context["coordinators"] = coordinators_of(found.pairing.cohort.programme)
    return render(request, page, context, status=422 if current.errors else 200)


def _take_in(token: str, form: SigningForm, declining: DecliningForm, *, declines: bool) -> OutsideSigner:
    if declines:
        return decline_from_outside(token=token, word=declining.cleaned_data["word"])
    return sign_from_outside(token=token, **form.signature())


def _programme_of(signer: OutsideSigner) -> Programme:
    return Pairing.objects.select_related("cohort__programme").get(pk=signer.pairing_id).cohort.programme
