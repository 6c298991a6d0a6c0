"""A match that is proposed: the page of those in it, and the coordinators' list."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.accounts.kept_post import keeps_posts
from mentoring.tenancy.access import Access, access
from mentoring.ui.dates import day
from pairs.domain.pairing import NotTheCoordinator
from pairs.domain.pairing_states import NotYours
from pairs.domain.proposing.answering import Outcome, answer_match
from pairs.domain.proposing.asking import withdraw_match
from pairs.domain.proposing.page import page_for
from pairs.domain.proposing.queries import (
    get_match_for,
    get_proposal_to_withdraw,
    part_of,
    parts_of,
    proposals_for,
)
from pairs.domain.proposing.states import WrongStep
from pairs.enums import MatchAnswer
from pairs.forms.proposing import MatchAnswerForm
from pairs.models import ProposedMatch
from programmes.domain.choosing.telling import last_day
from programmes.domain.matching.consent import consent_of
from programmes.domain.matching.queries import get_matching_cohort_for
from programmes.domain.queries import or_404
from programmes.models import Cohort
from programmes.views.frame import posted


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def match(request: HttpRequest, organisation: str, match: UUID) -> HttpResponse:
    """Who is proposed, and one's own answer; a POST gives it."""
    found = get_match_for(request.user, match)
    form = MatchAnswerForm(posted(request))
    if request.method == "POST" and form.is_valid():
        return _answer(request, found, form)
    page = page_for(found, or_404(part_of(found, request.user)), request.user)
    context = {
        "page": page,
        "cohort": found.cohort,
        "form": form,
        "until": day(last_day(found.answer_by, request.user.zone)),
    }
    return render(request, "pairs/proposing/match.html", context, status=422 if form.is_bound else 200)


def _answer(request: HttpRequest, found: ProposedMatch, form: MatchAnswerForm) -> HttpResponse:
    here = redirect("pairs:match", request.organisation.slug, found.pk)
    answer = MatchAnswer(form.cleaned_data["answer"])
    try:
        outcome = answer_match(match=found, answer=answer, actor=request.user, word=form.cleaned_data["word"])
    except (NotYours, WrongStep):
        messages.info(request, _("Nothing was changed: this has moved on meanwhile. Here is how it stands."))
        return here
    if outcome is Outcome.PAIRED:
        messages.success(request, _("Everybody has said yes. You begin."))
        return redirect("pairs:home", request.organisation.slug)
    words = {
        Outcome.WAITS: _("Your yes is noted. You hear by e-mail how it goes on."),
        Outcome.ENDED: _("Noted: it does not go ahead. Nobody in it is told whose decision that was."),
    }
    messages.success(request, words[outcome])
    return here


def _cohort(request: HttpRequest, programme: str, cohort: str) -> Cohort:
    found = get_matching_cohort_for(request.user, programme, cohort)
    if consent_of(found) is None:
        raise Http404
    return found


@access(Access.MEMBER)
@require_safe
def proposals(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """The matches proposed in a cohort, and what came of them."""
    found = _cohort(request, programme, cohort)
    rows = [(row, parts_of(row)) for row in proposals_for(request.user, found)]
    context = {
        "cohort": found,
        "open": [one for one in rows if one[0].is_open],
        "ended": [one for one in rows if not one[0].is_open],
    }
    return render(request, "pairs/proposing/proposals.html", context)


@access(Access.MEMBER)
@require_POST
def withdraw(request: HttpRequest, organisation: str, programme: str, cohort: str, match: UUID) -> HttpResponse:
    """Take a proposal back."""
    found = get_proposal_to_withdraw(request.user, _cohort(request, programme, cohort), match)
    try:
        withdraw_match(match=found, actor=request.user)
    except (NotTheCoordinator, WrongStep):
        messages.info(request, _("Nothing was changed: this has moved on meanwhile. Here is how it stands."))
    else:
        messages.success(request, _("Taken back. Those in it hear tomorrow morning that it does not go ahead."))
    return redirect("pairs:proposals", request.organisation.slug, programme, cohort)
