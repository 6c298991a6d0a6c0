"""Recording what stands alongside the handbook's path. The coordinator's alone."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentoring.tenancy.access import Access, access
from mentoring.ui.shapes import Choice
from pairs.domain.pairing import form_pairing
from pairs.domain.peers import form_peers
from pairs.enums import PairingModel
from pairs.forms.alongside import InformalForm, PeersForm
from pairs.views.grouping import tried
from programmes.domain.matching.queries import get_matching_cohort_for
from programmes.enums import Side
from programmes.models import Cohort
from templates_app.domain.kits import kit_of


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def informal(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """Record that two people have an informal relationship, where the handbook knows such."""
    found = get_matching_cohort_for(request.user, programme, cohort)
    if kit_of(found.programme.handbook).plan.model(PairingModel.INFORMAL) is None:
        raise Http404
    form = InformalForm(found, request.POST if request.method == "POST" else None)
    unseen: dict[str, str] = {}
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        made, unseen = tried(
            form,
            lambda: form_pairing(
                cohort=found,
                model=PairingModel.INFORMAL,
                mentors=[values["mentor"]],
                mentees=[values["mentee"]],
                actor=request.user,
                acknowledged=request.POST.getlist("acknowledged"),
                since=values["since"],
            ),
        )
        if made:
            messages.success(request, _("It is recorded. Both have been told; nothing is owed."))
            return redirect("evaluation:cohort_pairs", request.organisation.slug, programme, cohort)
    context = {"cohort": found, "form": form, "unseen": unseen}
    return render(request, "pairs/pairing/informal.html", context, status=422 if form.is_bound else 200)


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def peers(request: HttpRequest, organisation: str, programme: str, cohort: str, side: str) -> HttpResponse:
    """Make a group of peers out of the mentors or of the mentees, where the handbook knows such."""
    found = get_matching_cohort_for(request.user, programme, cohort)
    if side not in Side or kit_of(found.programme.handbook).plan.model(PairingModel.PEERS) is None:
        raise Http404
    form = PeersForm(found, side, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        members, lead = list(form.cleaned_data["members"]), form.cleaned_data["lead"]
        made, _unseen = tried(form, lambda: form_peers(cohort=found, members=members, lead=lead, actor=request.user))
        if made:
            messages.success(request, _("The group is made. Everybody in it has been told."))
            return redirect("evaluation:cohort_pairs", request.organisation.slug, programme, cohort)
    context = {"cohort": found, "form": form, "side": side, "sides": _sides(request, found, side)}
    return render(request, "pairs/pairing/peers.html", context, status=422 if form.is_bound else 200)


def _sides(request: HttpRequest, cohort: Cohort, side: str) -> list[Choice]:
    """Tabs: of whom the group is."""
    words = {Side.MENTEE: _("Mentees"), Side.MENTOR: _("Mentors")}
    place = (request.organisation.slug, cohort.programme.slug, cohort.slug)
    return [Choice(words[one], reverse("pairs:peers-new", args=[*place, one]), current=one == side) for one in words]
