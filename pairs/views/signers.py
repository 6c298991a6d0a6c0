"""Who signs an agreement or a sheet from outside: the page on which they are named."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mentoring.tenancy.access import Access, access
from pairs.domain.outside_asking import (
    NotNamed,
    asked_for,
    may_name,
    may_see_signers,
    name_outside_signer,
    take_link_back,
    waiting_text,
)
from pairs.domain.people import people_of
from pairs.domain.queries import get_output_for, get_pairing_for
from pairs.domain.signed_sheets.queries import names_somebody
from pairs.domain.signing_record import Text
from pairs.domain.turns import outside_signers, wanted_outside
from pairs.enums import OutsideState
from pairs.forms.outside_signing import OutsideSignerForm
from pairs.models import Output, OutsideSigner, Pairing
from programmes.domain.handbook.words import PEOPLE
from templates_app.shapes import OutsideSigner as Terms


@dataclass(frozen=True)
class Row:
    """One of the handbook's outside signers, who it is here, and the form to say so for whoever may."""

    terms: Terms
    signer: OutsideSigner | None
    form: OutsideSignerForm | None
    """``None`` for whoever may not name them, and once they have signed what waits for signatures."""
    url: str

    @property
    def who_names(self) -> str:
        """Who says who it is, for those who may not."""
        names = dict(PEOPLE)
        named_by = [names[role] for role in self.terms.named_by]
        return capfirst(_("%(who)s says who it is.") % {"who": get_text_list(named_by, _("or"))})


@dataclass(frozen=True)
class About:
    """What is signed from outside here: a pairing's agreement, or one of its sheets."""

    pairing: Pairing
    output: Output | None = None

    @property
    def terms(self) -> Mapping[str, Terms]:
        """Who signs it from outside, as the text says that waits, or else the handbook."""
        return wanted_outside(self.pairing, self.output, waiting_text(self.pairing, self.output))

    def page(self, slug: str, key: str = "") -> str:
        """The address of the page, or of one signer on it."""
        where = ("pairs:agreement-signers", "pairs:agreement-signer") if self.output is None else _OF_A_SHEET
        args = [slug, self.pairing.pk if self.output is None else self.output.pk]
        return reverse(where[1], args=[*args, key]) if key else reverse(where[0], args=args)


_OF_A_SHEET = ("pairs:output-signers", "pairs:output-signer")


def _page(request: HttpRequest, about: About, bound: Mapping[str, OutsideSignerForm]) -> HttpResponse:
    pairing, slug = about.pairing, request.organisation.slug
    waiting = waiting_text(pairing, about.output)
    named = {row.key: row for row in outside_signers(pairing, about.output, waiting)}
    rows = []
    for key, terms in wanted_outside(pairing, about.output, waiting).items():
        signer = named.get(key)
        form = None
        if may_name(request.user, pairing, terms) and not _is_done(signer, waiting):
            known = _known(request, about, key, signer)
            form = bound.get(key) or OutsideSignerForm(initial=known, prefix=key)
        rows.append(Row(terms, signer, form, about.page(slug, key)))
    context = {
        "pairing": pairing,
        "output": about.output,
        "rows": rows,
        "offered": waiting,
        "is_member": people_of(pairing).of(request.user) is not None,
        "people": people_of(pairing),
    }
    return render(request, "pairs/agreement/signers.html", context, status=422 if bound else 200)


def _is_done(signer: OutsideSigner | None, waiting: Text | None) -> bool:
    """Whether somebody has signed what waits for signatures now."""
    if signer is None or waiting is None or signer.state != OutsideState.SIGNED:
        return False
    last = asked_for(signer)
    return last is not None and last.pk == waiting.pk


def _known(request: HttpRequest, about: About, key: str, signer: OutsideSigner | None) -> dict[str, str]:
    """Who it is; for a sheet at first whom this very person named as the same in this pairing before."""
    if signer is None and about.output is not None:
        mine = OutsideSigner.objects.filter(pairing=about.pairing, key=key, named_by=request.user)
        signer = mine.order_by("-created_at", "pk").first()
    return {"name": signer.name, "email": signer.email} if signer else {}


def _of_agreement(request: HttpRequest, pairing_id: UUID) -> About:
    pairing = get_pairing_for(request.user, pairing_id)
    if not About(pairing).terms or not may_see_signers(request.user, pairing):
        raise Http404
    return About(pairing)


def _of_sheet(request: HttpRequest, output_id: UUID) -> About:
    output, reader = get_output_for(request.user, output_id)
    if not names_somebody(reader, output):
        raise Http404
    return About(reader.pairing, output)


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD"])
def signers(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """Who signs the agreement from outside, and how that stands; nothing of what the agreement says."""
    return _page(request, _of_agreement(request, pairing), {})


@access(Access.MEMBER)
@require_POST
def signer(request: HttpRequest, organisation: str, pairing: UUID, key: str) -> HttpResponse:
    """Name somebody, put their address right, send the link anew; or take it back (``do=revoke``)."""
    return _named(request, _of_agreement(request, pairing), key)


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD"])
def sheet_signers(request: HttpRequest, organisation: str, output: UUID) -> HttpResponse:
    """Who signs a sheet from outside, and how that stands; nothing of what the sheet says."""
    return _page(request, _of_sheet(request, output), {})


@access(Access.MEMBER)
@require_POST
def sheet_signer(request: HttpRequest, organisation: str, output: UUID, key: str) -> HttpResponse:
    """The same steps for one who signs a sheet."""
    return _named(request, _of_sheet(request, output), key)


def _named(request: HttpRequest, about: About, key: str) -> HttpResponse:
    if key not in about.terms:
        raise Http404
    here = redirect(about.page(request.organisation.slug))
    if request.POST.get("do") == "revoke":
        return _revoked(request, about, key, here)
    form = OutsideSignerForm(request.POST, prefix=key)
    if form.is_valid():
        try:
            name_outside_signer(
                pairing=about.pairing, output=about.output, key=key, actor=request.user, **form.cleaned_data
            )
        except NotNamed as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("Kept. The link goes out when their signature is wanted."))
            return here
    return _page(request, about, {key: form})


def _revoked(request: HttpRequest, about: About, key: str, here: HttpResponse) -> HttpResponse:
    for row in outside_signers(about.pairing, about.output, waiting_text(about.pairing, about.output)):
        if row.key == key:
            try:
                take_link_back(signer=row, actor=request.user)
            except NotNamed as fault:
                raise Http404 from fault
            messages.success(request, _("Taken back. The link does not work any more."))
    return here
