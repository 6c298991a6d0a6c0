"""Who signs from outside: the page on which they are named, and the one page that they see."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mentoring.tenancy.access import Access, access
from pairs.domain.agreement_reading import read_agreement
from pairs.domain.agreement_states import WrongState
from pairs.domain.agreement_text import signing_of
from pairs.domain.outside_asking import (
    NotNamed,
    may_name,
    may_see_signers,
    name_outside_signer,
    take_link_back,
)
from pairs.domain.outside_signing import decline_from_outside, sign_from_outside, usable_signing_link
from pairs.domain.people import people_of
from pairs.domain.queries import get_pairing_for
from pairs.domain.signing import NotSigned
from pairs.domain.turns import outside_signers, terms_of
from pairs.enums import AgreementState
from pairs.forms.agreement import SigningForm
from pairs.forms.outside_signing import DecliningForm, OutsideSignerForm
from pairs.models import Agreement, OutsideSigner, Pairing
from programmes.domain.coordinators import coordinators_of
from programmes.domain.outside import LinkUnusable
from programmes.models import Programme
from programmes.views.outside import unusable_link
from templates_app.shapes import OutsideSigner as Terms


@dataclass(frozen=True)
class Row:
    """One of the handbook's outside signers, who it is here, and the form to say so for whoever may."""

    terms: Terms
    signer: OutsideSigner | None
    form: OutsideSignerForm | None
    """``None`` for whoever may not name them, and once they have signed what waits for signatures."""


def _page(request: HttpRequest, pairing: Pairing, bound: dict[str, OutsideSignerForm]) -> HttpResponse:
    named = {row.key: row for row in outside_signers(pairing)}
    offered = Agreement.objects.filter(pairing=pairing, state=AgreementState.OFFERED).first()
    rows = []
    for key, terms in terms_of(pairing).items():
        signer = named.get(key)
        done = (
            signer is not None
            and signer.state == "signed"
            and offered is not None
            and signer.agreement_id == offered.pk
        )
        form = None
        if may_name(request.user, pairing, terms) and not done:
            known = {"name": signer.name, "email": signer.email} if signer else {}
            form = bound.get(key) or OutsideSignerForm(initial=known, prefix=key)
        rows.append(Row(terms, signer, form))
    is_member = people_of(pairing).of(request.user) is not None
    context = {
        "pairing": pairing,
        "rows": rows,
        "offered": offered,
        "is_member": is_member,
        "people": people_of(pairing),
    }
    return render(request, "pairs/agreement/signers.html", context, status=422 if bound else 200)


def _pairing_with_signers(request: HttpRequest, pairing_id: UUID) -> Pairing:
    pairing = get_pairing_for(request.user, pairing_id)
    if not terms_of(pairing) or not may_see_signers(request.user, pairing):
        raise Http404
    return pairing


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD"])
def signers(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """Who signs from outside, and how that stands; nothing of what the agreement says."""
    return _page(request, _pairing_with_signers(request, pairing), {})


@access(Access.MEMBER)
@require_POST
def signer(request: HttpRequest, organisation: str, pairing: UUID, key: str) -> HttpResponse:
    """Name somebody, put their address right, send the link anew; or take it back (``do=revoke``)."""
    found = _pairing_with_signers(request, pairing)
    if key not in terms_of(found):
        raise Http404
    here = redirect("pairs:agreement-signers", request.organisation.slug, pairing)
    if request.POST.get("do") == "revoke":
        return _revoked(request, found, key, here)
    form = OutsideSignerForm(request.POST, prefix=key)
    if form.is_valid():
        try:
            name_outside_signer(pairing=found, key=key, actor=request.user, **form.cleaned_data)
        except NotNamed as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("Kept. The link goes out when their signature is wanted."))
            return here
    return _page(request, found, {key: form})


def _revoked(request: HttpRequest, pairing: Pairing, key: str, here: HttpResponse) -> HttpResponse:
    for row in outside_signers(pairing):
        if row.key == key:
            try:
                take_link_back(signer=row, actor=request.user)
            except NotNamed as fault:
                raise Http404 from fault
            messages.success(request, _("Taken back. The link does not work any more."))
    return here


# --- The page behind the link ----------------------------------------------------------------------------------------


@access(Access.VISITOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, organisation: str, token: str) -> HttpResponse:
    """What the link leads to: exactly the agreement's text, and two buttons. Nothing else of the pair is here."""
    try:
        found = usable_signing_link(token).signer
        pairing = found.pairing
        if request.user.is_authenticated and people_of(pairing).of(request.user) is not None:
            return render(request, "pairs/agreement/outside_not_yours.html", {}, status=403)
        return _answered(request, found, token)
    except LinkUnusable as fault:
        return unusable_link(request, fault, _programme_of)


def _answered(request: HttpRequest, found: OutsideSigner, token: str) -> HttpResponse:
    agreement = found.agreement
    agreement.pairing = found.pairing
    readable = read_agreement(agreement, zone=found.pairing.cohort.zone, locale=get_language() or "en-gb")
    declines = request.POST.get("do") == "decline"
    posted = request.POST if request.method == "POST" else None
    signing = signing_of(readable.text)
    statement = readable.text["statement"]
    form = SigningForm([], signing=signing, statement=statement, initial_consent={}, data=None if declines else posted)
    declining = DecliningForm(posted if declines else None)
    current = declining if declines else form
    if posted is not None and current.is_valid():
        try:
            done = _take_in(token, form, declining, declines=declines)
        except (NotSigned, WrongState) as fault:
            current.add_error(None, str(fault))
        else:
            return render(request, "pairs/agreement/outside_done.html", {"signer": done, "readable": readable})
    context: dict[str, Any] = {"signer": found, "readable": readable, "form": form, "declining": declining}
    context |= {"signing": signing, "terms": terms_of(found.pairing).get(found.key)}
    context["coordinators"] = coordinators_of(found.pairing.cohort.programme)
    return render(request, "pairs/agreement/outside.html", context, status=422 if current.errors else 200)


def _take_in(token: str, form: SigningForm, declining: DecliningForm, *, declines: bool) -> OutsideSigner:
    if declines:
        return decline_from_outside(token=token, word=declining.cleaned_data["word"])
    return sign_from_outside(
        token=token,
        typed_name=form.cleaned_data.get("typed_name", ""),
        acknowledged=form.cleaned_data.get("acknowledged", False),
        content_sha256=form.cleaned_data["content_sha256"],
    )


def _programme_of(signer: OutsideSigner) -> Programme:
    return Pairing.objects.select_related("cohort__programme").get(pk=signer.pairing_id).cohort.programme
