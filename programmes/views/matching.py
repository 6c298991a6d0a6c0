"""The matching board: suggested pairs with their reasons, pairs put together by hand, and why somebody is left."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mentoring.tenancy.access import Access, access
from programmes.domain.matching.consent import consent_of
from programmes.domain.matching.queries import board_for, get_matching_cohort_for, get_proposal_for
from programmes.domain.matching.runs import (
    NotPossible,
    drop_proposal,
    latest_run,
    propose_by_hand,
    request_run,
    restore_proposal,
)
from programmes.forms.matching import PairForm
from programmes.models import Cohort
from programmes.views.frame import cohort_frame
from templates_app.domain.kits import kit_of
from templates_app.shapes import ALONGSIDE, ModelKind


def _board(request: HttpRequest, programme: str, cohort: str) -> HttpResponse:
    return redirect("programmes:matching", request.organisation.slug, programme, cohort)


def _ways(cohort: Cohort) -> dict[str, bool]:
    """Which mentoring models the programme has, and whether those in a match are asked."""
    kinds = {model.kind for model in kit_of(cohort.programme.handbook).plan.allowed}
    return {
        "makes_groups": bool(kinds - {ModelKind.ONE_TO_ONE} - ALONGSIDE),
        "makes_pairs": ModelKind.ONE_TO_ONE in kinds,
        "records_informal": ModelKind.INFORMAL in kinds,
        "makes_peers": ModelKind.PEERS in kinds,
        "asks": consent_of(cohort) is not None,
    }


@access(Access.MEMBER)
@require_safe
def board(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """The board as it stands."""
    found = get_matching_cohort_for(request.user, programme, cohort)
    context = cohort_frame(request, found) | {"board": board_for(request.user, found), "form": PairForm(found)}
    return render(request, "programmes/matching/board.html", context | _ways(found))


@access(Access.MEMBER)
@require_POST
def suggest(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """Ask for suggestions."""
    found = get_matching_cohort_for(request.user, programme, cohort)
    request_run(cohort=found, actor=request.user)
    messages.success(
        request, _("The suggestions are being worked out. This page shows them as soon as they are there.")
    )
    return _board(request, programme, cohort)


@access(Access.MEMBER)
@require_POST
def by_hand(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """Put two people together; the board then shows their score, reasons and warnings like any other."""
    found = get_matching_cohort_for(request.user, programme, cohort)
    form = PairForm(found, data=request.POST)
    if not form.is_valid():
        context = cohort_frame(request, found) | {"board": board_for(request.user, found), "form": form}
        return render(request, "programmes/matching/board.html", context | _ways(found), status=422)
    try:
        run = latest_run(found) or request_run(cohort=found, actor=request.user)
        propose_by_hand(
            run=run, mentor=form.cleaned_data["mentor"], mentee=form.cleaned_data["mentee"], actor=request.user
        )
    except NotPossible as fault:
        messages.warning(request, str(fault))
    return _board(request, programme, cohort)


_STEPS = {"drop": drop_proposal, "restore": restore_proposal}


@access(Access.MEMBER)
@require_POST
def step(
    request: HttpRequest, organisation: str, programme: str, cohort: str, proposal: UUID, name: str
) -> HttpResponse:
    """Set a suggestion aside, or take it up again."""
    if name not in _STEPS:
        raise Http404
    _STEPS[name](proposal=get_proposal_for(request.user, programme, cohort, proposal), actor=request.user)
    return _board(request, programme, cohort)
