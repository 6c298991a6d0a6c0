"""A request as the two meet it: what was written, the answer, the time of the talk, and each one's own decision."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mentoring.accounts.models import User
from mentoring.tenancy.access import Access, access
from mentoring.ui.dates import day, when
from programmes.domain.choosing.answering import Outcome, accept_request, decide, decline_request, name_talk
from programmes.domain.choosing.asking import send_request, withdraw_request
from programmes.domain.choosing.queries import get_request_for, may_read_sheet
from programmes.domain.choosing.request_owner import request_sheet_owner
from programmes.domain.choosing.standing import (
    CannotAsk,
    MustBeSeen,
    check_may_ask,
    is_on_the_way,
    rules_against,
    side_of,
)
from programmes.domain.choosing.states import NotYours, Step, WrongStep, may
from programmes.domain.choosing.telling import last_day, own_place, the_other
from programmes.domain.choosing.terms import asking_of, rules_to_declare
from programmes.domain.queries import or_404
from programmes.domain.roles import roles_for
from programmes.enums import RequestState, Side
from programmes.forms.choosing import TalkForm
from programmes.models import MentorRequest
from programmes.views.frame import to
from templates_app.answers import display
from templates_app.domain.kits import worksheet_of
from templates_app.domain.owners import WorksheetOwner
from templates_app.domain.responses import answers_of


def find_sheet(request: HttpRequest, asking: UUID) -> WorksheetOwner:
    """The owner of what goes with a request, as the person who asks meets it."""
    return or_404(request_sheet_owner(get_request_for(request.user, asking), request.user))


@access(Access.MEMBER)
@require_safe
def request_page(request: HttpRequest, organisation: str, asking: UUID) -> HttpResponse:
    """How a request stands, and what one may do about it."""
    return _page(request, get_request_for(request.user, asking))


def _page(
    request: HttpRequest, found: MentorRequest, *, form: TalkForm | None = None, status: int = 200
) -> HttpResponse:
    side = or_404(side_of(found, roles_for(request.user).participants))
    zone, other = request.user.zone, the_other(found, side)
    rules = rules_against(found.cohort, found.mentor, found.mentee) if found.is_open else []
    context = {
        "asked": found,
        "side": str(side),
        "person": own_place(found, side),
        "other": other,
        "cohort": found.cohort,
        "terms": asking_of(found.cohort),
        "steps": {step.value: may(step, found, side) for step in Step},
        "wishes": found.mentor_wishes if side is Side.MENTOR else found.mentee_wishes,
        "sections": _written(found, request.user, zone),
        "until": day(last_day(found.answer_by, zone)) if found.answer_by else "",
        "talk": when(found.talk_at, zone, other.zone, other.short_name) if found.talk_at else "",
        "talk_is_mine": found.talk_named_by == side,
        "form": form or TalkForm(zone=zone, at=found.talk_at),
        "warned": [rule for rule in rules if rule.effect != "forbid"],
        "forbidden": [rule for rule in rules if rule.effect == "forbid"],
        **(_before_sending(found) if found.state == RequestState.DRAFT else {}),
    }
    return render(request, "programmes/choosing/request.html", context, status=status)


def _written(found: MentorRequest, user: User, zone: str) -> list[Any]:
    owner = request_sheet_owner(found, user)
    if owner is None or not may_read_sheet(found, user):
        return []
    return display(worksheet_of(owner.response.version), answers_of(owner.response), owner.context, owner.may_read)


def _before_sending(found: MentorRequest) -> dict[str, Any]:
    """What the mentee still has to do, and what they are asked, before the request goes out."""
    found.mentor.cohort = found.mentee.cohort = found.cohort
    try:
        check_may_ask(found)
    except CannotAsk as fault:
        reasons = fault.reasons
    else:
        reasons = []
    return {"not_yet": reasons, "declarable": rules_to_declare(found.cohort), "to_invite": is_on_the_way(found.mentor)}


# --- Steps ------------------------------------------------------------------------------------------------------------


def _send(request: HttpRequest, found: MentorRequest) -> str:
    declared, seen = request.POST.getlist("declared"), request.POST.getlist("seen")
    sent = send_request(request=found, actor=request.user, declared=declared, seen=seen)
    if sent.state == RequestState.INVITED:
        return _("An invitation is on its way. Once %(name)s has joined, your request is put before them.")
    return _("Your request is with %(name)s.")


def _withdraw(request: HttpRequest, found: MentorRequest) -> str:
    withdraw_request(request=found, actor=request.user)
    return _("Taken back. You can ask somebody else.")


def _accept(request: HttpRequest, found: MentorRequest) -> str:
    talk_at = _time(request, found) if request.POST.get("at") else None
    outcome = accept_request(request=found, actor=request.user, talk_at=talk_at, seen=request.POST.getlist("seen"))
    return _outcome_words(outcome)


def _decline(request: HttpRequest, found: MentorRequest) -> str:
    decline_request(request=found, actor=request.user)
    return _("Answered. A no is no judgement, and no reason was told.")


def _talk(request: HttpRequest, found: MentorRequest) -> str:
    name_talk(request=found, at=_time(request, found), actor=request.user)
    return _("The time is noted.")


def _agree(request: HttpRequest, found: MentorRequest) -> str:
    if found.talk_at is None:
        raise WrongStep
    name_talk(request=found, at=found.talk_at, actor=request.user)
    return _("Agreed. It stands here for both of you.")


def _yes(request: HttpRequest, found: MentorRequest) -> str:
    return _outcome_words(decide(request=found, wishes=True, actor=request.user, seen=request.POST.getlist("seen")))


def _no(request: HttpRequest, found: MentorRequest) -> str:
    decide(request=found, wishes=False, actor=request.user)
    return _("You two do not go on. Nobody is told whose decision it was.")


class _FormFault(Exception):
    def __init__(self, form: TalkForm) -> None:
        super().__init__()
        self.form = form


def _time(request: HttpRequest, found: MentorRequest) -> Any:
    form = TalkForm(request.POST, zone=request.user.zone, at=found.talk_at)
    if not form.is_valid():
        raise _FormFault(form)
    return form.cleaned_data["at"]


def _outcome_words(outcome: Outcome) -> str:
    return {
        Outcome.TALK: _("%(name)s hears that you would like to talk."),
        Outcome.WAITS: _("Your yes is noted, and stays with you until %(name)s has decided too."),
        Outcome.TO_CONFIRM: _("You both wish it. A coordinator confirms the pair, and you hear of it."),
        Outcome.PAIRED: _("You are a pair now, you and %(name)s."),
        Outcome.NOT_POSSIBLE: _(
            "This pair is not possible any more: somebody was faster, or something stands against it."
        ),
    }[outcome]


_STEPS: dict[str, Callable[[HttpRequest, MentorRequest], str]] = {
    "send": _send,
    "withdraw": _withdraw,
    "accept": _accept,
    "decline": _decline,
    "talk": _talk,
    "agree": _agree,
    "yes": _yes,
    "no": _no,
}


@access(Access.MEMBER)
@require_POST
def step(request: HttpRequest, organisation: str, asking: UUID, step: str) -> HttpResponse:
    """Send it, take it back, answer it, name a time, decide."""
    found = get_request_for(request.user, asking)
    if step not in _STEPS:
        raise Http404
    try:
        words = _STEPS[step](request, found)
    except _FormFault as fault:
        return _page(request, found, form=fault.form, status=422)
    except CannotAsk as fault:
        messages.warning(request, str(fault))
    except MustBeSeen:
        messages.warning(request, _("Please look at what speaks against it, and tick that you have seen it."))
    except (NotYours, WrongStep):
        messages.info(request, _("Nothing was changed: this request has moved on meanwhile."))
    else:
        side = side_of(found, roles_for(request.user).participants) or Side.MENTEE
        messages.success(request, words % {"name": the_other(found, side).short_name})
    return redirect(to(request, "request", found.pk))
