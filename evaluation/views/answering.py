"""For participants: the evaluation that is filled in elsewhere, and the mentor's errand to remind the mentee."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from evaluation.domain.evaluating import ERRAND, confirm_filled, is_outside, mentee_evaluations, remind_mentee
from evaluation.domain.nudging import NothingToRemind, RemindedAlready
from evaluation.domain.queries import get_evaluation_for
from evaluation.models import EvaluationRound
from evaluation.views.desk import say_reminded
from mentoring.tenancy.access import Access, access
from pairs.domain.output_pages import page_path
from pairs.domain.people import people_of
from pairs.models import Output


@access(Access.MEMBER)
@require_safe
def answer(request: HttpRequest, organisation: str, output: UUID) -> HttpResponse:
    """The way to the form elsewhere, and saying that it is filled in; the form inside has a page of its own."""
    found, sending = get_evaluation_for(request.user, output)
    if not is_outside(found):
        page, *parts = page_path(found)
        return redirect(page, organisation, *parts)
    context = {"output": found, "sending": sending, "programme": found.pairing.cohort.programme}
    return render(request, "evaluation/evaluation/outside.html", context)


@access(Access.MEMBER)
@require_POST
def filled(request: HttpRequest, organisation: str, output: UUID) -> HttpResponse:
    """The person has filled in the form elsewhere."""
    found, _sending = get_evaluation_for(request.user, output)
    if not is_outside(found):
        raise Http404
    confirm_filled(output=found, actor=request.user)
    messages.success(request, _("Thank you. Your evaluation is noted as filled in."))
    return redirect("pairs:home", organisation)


@access(Access.MEMBER)
@require_safe
def errand(request: HttpRequest, organisation: str, output: UUID) -> HttpResponse:
    """How it stands with the mentee's evaluation, for their mentor."""
    found, sending = _errand(request, output)
    rows = mentee_evaluations(found.pairing)
    people = people_of(found.pairing)
    context = {
        "errand": found,
        "sending": sending,
        "mentee": people.mentees,
        "zone": request.user.zone,
        "done": all(row.done_at is not None for row in rows),
        "programme": found.pairing.cohort.programme,
    }
    return render(request, "evaluation/evaluation/errand.html", context)


@access(Access.MEMBER)
@require_POST
def remind(request: HttpRequest, organisation: str, output: UUID) -> HttpResponse:
    """The mentor reminds the mentee."""
    found, _sending = _errand(request, output)
    try:
        say_reminded(request, remind_mentee(errand=found, actor=request.user))
    except RemindedAlready:
        messages.info(request, _("They were reminded of this within the last day. Once a day is enough."))
    except NothingToRemind:
        messages.info(request, _("There is nothing to remind of: it is done, or nobody can be reached."))
    return redirect("pairs:home", organisation)


def _errand(request: HttpRequest, output: UUID) -> tuple[Output, EvaluationRound]:
    found, sending = get_evaluation_for(request.user, output)
    if found.moment != ERRAND:
        raise Http404
    return found, sending
