"""The partners that put people forward."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentoring.organisations.domain.partners import add_partner, get_partner, partners, rename_partner
from mentoring.organisations.forms.people import PartnerForm
from mentoring.organisations.views.tabs import organisation_tabs
from mentoring.tenancy.access import Access, access


@access(Access.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def partner_list(request: HttpRequest, organisation: str) -> HttpResponse:
    """All partners, and a form for one more."""
    form = PartnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        partner = add_partner(actor=request.user, **form.cleaned_data)
        messages.success(request, _("%(name)s is a partner now.") % {"name": partner.name})
        return redirect("organisations:partners", organisation)
    context = {"form": form, "partners": partners(), "tabs": organisation_tabs(request)}
    return render(request, "organisations/partner/list.html", context, status=422 if form.errors else 200)


@access(Access.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def partner(request: HttpRequest, organisation: str, partner_id: UUID) -> HttpResponse:
    """Change its name or mailbox."""
    found = get_partner(partner_id)
    form = PartnerForm(
        request.POST or None, initial={"name": found.name, "short": found.short, "mailbox": found.mailbox}
    )
    if request.method == "POST" and form.is_valid():
        rename_partner(partner=found, actor=request.user, **form.cleaned_data)
        messages.success(request, _("The partner is changed."))
        return redirect("organisations:partners", organisation)
    context = {"form": form, "partner": found}
    return render(request, "organisations/partner/change.html", context, status=422 if form.errors else 200)
