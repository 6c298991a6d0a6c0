"""Confirming a suggested pair, or proposing it to the two: the coordinator's alone, and knowingly where something speaks against
it.
"""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentoring.tenancy.access import Access, access
from pairs.domain.pairing import CannotPair, NeedsAcknowledging, confirm_pairing, obstacles
from pairs.domain.proposing.asking import propose_match
from pairs.enums import PairingModel
from programmes.domain.matching.consent import consent_of
from programmes.domain.matching.queries import get_proposal_for
from programmes.domain.matching.runs import mark_confirmed
from programmes.domain.profiles import profiles_beside
from programmes.models import Proposal


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, organisation: str, programme: str, cohort: str, proposal: UUID) -> HttpResponse:
    """Show what will happen and what speaks against it; a POST makes the pair, or asks the two where the handbook has it so."""
    found = get_proposal_for(request.user, programme, cohort, proposal)
    asks = consent_of(found.run.cohort) is not None
    unseen: dict[str, str] = {}
    in_the_way: list[str] = []
    if request.method == "POST":
        try:
            (_propose if asks else _confirm)(request, found)
        except CannotPair as fault:
            in_the_way = fault.reasons
        except NeedsAcknowledging as fault:
            unseen = fault.rules
        else:
            words = _("%(mentee)s and %(mentor)s are a pair. Both have been told.")
            if asks:
                words = _("%(mentee)s and %(mentor)s have been asked. You hear what comes of it.")
            messages.success(request, words % {"mentee": found.mentee.name, "mentor": found.mentor.name})
            return redirect("programmes:matching", request.organisation.slug, programme, cohort)
    else:
        in_the_way = obstacles(cohort=found.run.cohort, mentor=found.mentor, mentee=found.mentee)
    context = {
        "proposal": found,
        "cohort": found.run.cohort,
        "unseen": unseen,
        "in_the_way": in_the_way,
        "asks": asks,
        "profiles": profiles_beside(request.user, found.mentee, found.mentor),
    }
    return render(request, "pairs/pairing/confirm.html", context, status=422 if unseen else 200)


@transaction.atomic
def _confirm(request: HttpRequest, proposal: Proposal) -> None:
    confirm_pairing(
        cohort=proposal.run.cohort,
        mentor=proposal.mentor,
        mentee=proposal.mentee,
        actor=request.user,
        acknowledged=request.POST.getlist("acknowledged"),
    )
    mark_confirmed(proposal)


def _propose(request: HttpRequest, proposal: Proposal) -> None:
    propose_match(
        cohort=proposal.run.cohort,
        model=PairingModel.ONE_TO_ONE,
        mentors=[proposal.mentor],
        mentees=[proposal.mentee],
        actor=request.user,
        acknowledged=request.POST.getlist("acknowledged"),
        suggestion=proposal,
    )
