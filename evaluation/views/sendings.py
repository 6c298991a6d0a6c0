"""The evaluation of a cohort: who has what, and sending it to one pair or all."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from evaluation.domain.evaluating import NothingToSend, can_be_sent, has_surveys, send_evaluation
from evaluation.domain.indicating.indicators import has_indicators
from evaluation.domain.sendings import sendings_of
from evaluation.forms.sending import SendForm
from evaluation.views.frame import cohort_for, to_cohort
from mentoring.tenancy.access import Access, access, may
from programmes.views.frame import cohort_frame


@access(Access.MEMBER)
@require_safe
def evaluation(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """Who was asked and how it stands with each; the steering group sees results alone."""
    found = cohort_for(request, programme, cohort, "evaluation.view_reports")
    several, by_hand = has_surveys(found), can_be_sent(found)
    if several and not by_hand:
        return redirect(to_cohort(request, "surveys", found))
    if not may(request, "evaluation.view_sendings", found):
        return redirect(to_cohort(request, "surveys" if several else "results", found))
    sendings = sendings_of(found)
    asked = [one for sending in sendings for one in sending.people if one.output is not None]
    context = cohort_frame(request, found) | {
        "waiting": [one for one in sendings if one.can_be_sent],
        "sent": [one for one in sendings if not one.can_be_sent],
        "asked": len(asked),
        "answered": sum(one.state == "done" for one in asked),
        "can_be_sent": by_hand,
        "several": several,
        "judged": has_indicators(found),
        "may_send": may(request, "evaluation.send", found),
    }
    return render(request, "evaluation/evaluation/sendings.html", context)


@access(Access.MEMBER)
@require_POST
def send(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """Send it to the chosen pairs."""
    found = cohort_for(request, programme, cohort, "evaluation.send")
    form = SendForm(request.POST, sendings=sendings_of(found))
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["pairs"]))
        return redirect(to_cohort(request, "evaluation", found))
    try:
        sent = len(send_evaluation(pairings=form.pairings(), actor=request.user))
    except NothingToSend:
        messages.error(request, _("There is no evaluation to send yet: name the address of a form first."))
    else:
        told = ngettext("The evaluation went to %(count)d pair.", "The evaluation went to %(count)d pairs.", sent)
        messages.success(request, told % {"count": sent})
    return redirect(to_cohort(request, "evaluation", found))
