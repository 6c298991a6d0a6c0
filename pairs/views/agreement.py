"""The agreement's pages: read, adapt the code, sign, change, and compare versions."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.tenancy.access import Access, access
from pairs.domain.agreement import (
    StaleClauses,
    adapt_clauses,
    discard_draft,
    open_agreement,
    revise_agreement,
    take_back,
)
from pairs.domain.agreement_owner import takeable_fields
from pairs.domain.agreement_queries import (
    AgreementPage,
    agreement_page_for,
    get_agreement_for,
    get_own_agreement_for,
)
from pairs.domain.agreement_reading import compare_agreements, read_agreement
from pairs.domain.agreement_states import WrongState
from pairs.domain.agreement_text import agreement_kit, reaches_coordinator, signing_of
from pairs.domain.people import people_of
from pairs.domain.queries import get_pairing_for
from pairs.domain.signing import sign_agreement
from pairs.domain.signing_record import NotSigned
from pairs.enums import AgreementState
from pairs.forms.agreement import ClausesForm, SigningForm
from pairs.models import Agreement


def _readable(request: HttpRequest, agreement: Agreement):
    return read_agreement(agreement, zone=request.user.zone, locale=get_language() or "en-gb")


def _back(request: HttpRequest, pairing_id: UUID) -> HttpResponse:
    return redirect("pairs:agreement", request.organisation.slug, pairing_id)


@access(Access.MEMBER)
@require_safe
def agreement(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """The version that counts now, with what this person can do about it."""
    page = agreement_page_for(request.user, pairing)
    readable = _readable(request, page.agreement) if page.agreement else None
    takeable = takeable_fields(page.agreement, request.user) if page.agreement and page.may_write else []
    title = readable.text["title"] if readable else agreement_kit(page.pairing).agreement.title
    context = {"page": page, "pairing": page.pairing, "readable": readable, "takeable": takeable, "title": title}
    return render(request, "pairs/agreement/page.html", context)


@access(Access.MEMBER)
@require_POST
def begin(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """Start the first draft, or go to the one there is."""
    found = get_pairing_for(request.user, pairing)
    page = agreement_page_for(request.user, pairing)
    if not page.may_write:
        raise Http404
    open_agreement(pairing=found, actor=request.user)
    return redirect("pairs:agreement_write", request.organisation.slug, pairing)


@access(Access.MEMBER)
@require_safe
def version(request: HttpRequest, organisation: str, pairing: UUID, number: int) -> HttpResponse:
    """One version, old ones too."""
    found = get_agreement_for(request.user, pairing, number)
    context = {"agreement": found, "pairing": found.pairing, "readable": _readable(request, found)}
    return render(request, "pairs/agreement/version.html", context)


@access(Access.MEMBER)
@require_safe
def comparison(request: HttpRequest, organisation: str, pairing: UUID, number: int) -> HttpResponse:
    """A version beside the one before it, differences marked."""
    newer = get_agreement_for(request.user, pairing, number)
    older = get_agreement_for(request.user, pairing, number - 1)
    compared = compare_agreements(older, newer, zone=request.user.zone, locale=get_language() or "en-gb")
    return render(request, "pairs/agreement/compare.html", {"compared": compared, "pairing": newer.pairing})


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def clauses(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """Adapt the code's wording."""
    found = get_own_agreement_for(request.user, pairing)
    if found.state != AgreementState.DRAFT:
        return _back(request, pairing)
    form = ClausesForm(found, data=request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            adapt_clauses(
                agreement=found, wording=form.wording(), revision=form.cleaned_data["revision"], actor=request.user
            )
        except StaleClauses:
            status = 409
            form = form.on_top_of(get_own_agreement_for(request.user, pairing))
        else:
            messages.success(request, _("The code is kept as you wrote it. What you changed stays visible."))
            return _back(request, pairing)
    context = {"form": form, "agreement": found, "pairing": found.pairing}
    return render(request, "pairs/agreement/clauses.html", context, status=422 if form.errors else status)


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """Read the whole text and sign it."""
    page = agreement_page_for(request.user, pairing)
    if not page.may_sign or page.agreement is None:
        messages.warning(request, _why_not_to_sign(page))
        return _back(request, pairing)
    readable = _readable(request, page.agreement)
    signing = signing_of(readable.text)
    form = SigningForm(
        page.consent_asked,
        signing=signing,
        statement=readable.text["statement"],
        data=request.POST or None,
        initial_consent=page.consent_given,
    )
    if request.method == "POST" and form.is_valid() and _signed(request, page.agreement, form):
        return _back(request, pairing)
    context = {"page": page, "pairing": page.pairing, "form": form, "readable": readable, "signing": signing}
    return render(request, "pairs/agreement/sign.html", context, status=422 if form.errors else 200)


def _why_not_to_sign(page: AgreementPage) -> str:
    """Why this person has nothing to sign here now, in words."""
    if page.member is None:
        people = people_of(page.pairing)
        names = {"mentee": people.mentees.name, "mentor": people.mentors.name}
        return _("This agreement is between %(mentee)s and %(mentor)s: nobody else can sign it.") % names
    if page.has_signed:
        return _("You have signed this version already. It takes effect once all of you have signed.")
    return _("There is nothing to sign just now. Here is how the agreement stands.")


def _signed(request: HttpRequest, found: Agreement, form: SigningForm) -> bool:
    """Sign; ``False`` with a message on the form when the signature was not taken."""
    try:
        sign_agreement(
            agreement=found,
            actor=request.user,
            consent=form.consent(),
            method=signed_in_by(request),
            **form.signature(),
        )
    except (NotSigned, WrongState) as fault:
        form.add_error(None, str(fault))
        return False
    if found.state == AgreementState.SIGNED:
        told = _("Signed by all. The PDF is being made and reaches all of you and the coordinator.")
        if not reaches_coordinator(found):
            told = _("Signed by all. The PDF is being made and reaches all of you.")
        messages.success(request, told)
    else:
        messages.success(request, _("You have signed. Whoever still has to sign has been told that it is their turn."))
    return True


def signed_in_by(request: HttpRequest) -> str:
    """How the person signed in to this session (``code``, ``password``); empty when it was not recorded."""
    records: list[dict[str, Any]] = request.session.get("account_authentication_methods", [])
    return str(records[-1].get("method", ""))[:60] if records else ""


_STEPS = {"take-back": take_back, "revise": revise_agreement, "discard": discard_draft}


@access(Access.MEMBER)
@require_POST
def step(request: HttpRequest, organisation: str, pairing: UUID, name: str) -> HttpResponse:
    """Take an offer back, begin a changed version, or drop its draft."""
    if name not in _STEPS:
        raise Http404
    found = get_own_agreement_for(request.user, pairing)
    try:
        _STEPS[name](agreement=found, actor=request.user)
    except WrongState:
        messages.warning(
            request, _("That is no longer possible: the agreement has moved on meanwhile. Here is how it stands.")
        )
        return _back(request, pairing)
    if name == "revise":
        messages.success(
            request, _("Here is the next version, with the words of the last one. It counts once all have signed it.")
        )
        return redirect("pairs:agreement_write", request.organisation.slug, pairing)
    return _back(request, pairing)
