"""Claims for expenses: one's own, one claim, and a cohort's for its coordinators."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring import clock
from mentoring.tenancy.access import Access, access, require
from programmes.domain.expenses.claiming import (
    NoReason,
    NothingClaimed,
    NotTheirs,
    TooMany,
    add_line,
    begin_claim,
    remove_line,
    take_step,
)
from programmes.domain.expenses.queries import (
    claims_of,
    get_claim_for,
    get_line_for,
    is_own,
    kinds_of,
    lines_of,
    may_claim,
    own_claims,
    rules_of,
    totals_of,
)
from programmes.domain.expenses.states import Step, WrongStep, steps_from
from programmes.domain.issues import receivers_of
from programmes.domain.queries import get_cohort_for, get_own_participation, or_404
from programmes.enums import ClaimState
from programmes.forms.expenses import ClaimLineForm, DeclineForm
from programmes.models import Claim
from programmes.views.frame import MOVED_ON, cohort_frame, to
from templates_app.answers import AnswerFault
from templates_app.views.downloads import as_download

PAGE = 30
UNDECIDED = (ClaimState.DRAFT, ClaimState.SENT)
STEP_WORDS = {
    Step.SEND: (gettext_lazy("Send it to the coordinators"), "send"),
    Step.TAKE_BACK: (gettext_lazy("Take it back and change it"), "undo-2"),
    Step.CORRECT: (gettext_lazy("Put it right and send it again"), "pencil"),
    Step.APPROVE: (gettext_lazy("Approve it"), "circle-check"),
    Step.PAY: (gettext_lazy("It is paid"), "banknote"),
}


@access(Access.MEMBER)
@require_safe
def expenses(request: HttpRequest, organisation: str, person: UUID) -> HttpResponse:
    """One's own claims from one place."""
    found = get_own_participation(request.user, person)
    claims = list(own_claims(request.user, found))
    if not may_claim(found) and not claims:
        or_404(None)
    context = {"person": found, "listed": _with_totals(claims), "rules": rules_of(found.cohort.programme)}
    context |= {"may_claim": may_claim(found), "is_undecided": not receivers_of(found)}
    return render(request, "programmes/expenses/own.html", context)


@access(Access.MEMBER)
@require_POST
def begin(request: HttpRequest, organisation: str, person: UUID) -> HttpResponse:
    """Begin a claim."""
    try:
        claim = begin_claim(person=get_own_participation(request.user, person), actor=request.user)
    except NotTheirs:
        or_404(None)
    return redirect(to(request, "claim", claim.pk))


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, organisation: str, claim: UUID) -> HttpResponse:
    """One claim; POST adds an expense to a draft."""
    found = get_claim_for(request.user, claim)
    own, programme = is_own(request.user, found), found.participant.cohort.programme
    kinds, rules = kinds_of(programme), rules_of(programme)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    today = clock.now().astimezone(ZoneInfo(request.user.zone)).date()
    form = ClaimLineForm(*data, kinds=kinds, currencies=rules.currencies, today=today)
    if request.method == "POST" and form.is_valid() and _added(request, found, form):
        return redirect(to(request, "claim", found.pk))
    return _page(request, found, own=own, form=form, status=422 if form.is_bound else 200)


def _page(request: HttpRequest, found: Claim, *, own: bool, status: int = 200, **forms: Any) -> HttpResponse:
    lines = lines_of([found])[found.pk]
    kinds, steps = kinds_of(found.participant.cohort.programme), steps_from(found.state, is_own=own)
    context = {
        "claim": found,
        "person": found.participant,
        "is_own": own,
        "is_draft": own and found.state == ClaimState.DRAFT,
        "is_undecided": own and found.state in UNDECIDED and not receivers_of(found.participant),
        "lines": [(line, kinds.get(line.kind, line.kind)) for line in lines],
        "totals": totals_of(lines),
        "steps": [(step, *STEP_WORDS[step]) for step in steps if step in STEP_WORDS],
        "decline_form": DeclineForm() if Step.DECLINE in steps else None,
    }
    return render(request, "programmes/expenses/claim.html", context | forms, status=status)


def _added(request: HttpRequest, found: Claim, form: ClaimLineForm) -> bool:
    try:
        add_line(claim=found, actor=request.user, **form.cleaned_data)
    except AnswerFault as fault:
        form.add_error("receipt", str(fault))
    except NotTheirs:
        or_404(None)
    except TooMany:
        form.add_error(None, _("This claim is full. Send it, and begin another one."))
    except WrongStep:
        form.add_error(None, _("It was sent meanwhile. Take it back first; what you typed still stands here."))
    else:
        return True
    return False


@access(Access.MEMBER)
@require_POST
def remove(request: HttpRequest, organisation: str, claim: UUID, line: UUID) -> HttpResponse:
    """Take an expense out of a draft."""
    try:
        remove_line(line=get_line_for(request.user, claim, line), actor=request.user)
    except NotTheirs:
        or_404(None)
    except WrongStep:
        messages.info(request, MOVED_ON)
    return redirect(to(request, "claim", claim))


@access(Access.MEMBER)
@require_safe
def receipt(request: HttpRequest, organisation: str, claim: UUID, line: UUID) -> HttpResponse:
    """Save a receipt."""
    found = get_line_for(request.user, claim, line)
    content = or_404(found.receipt)
    return as_download(content, name=found.receipt_name, content_type=found.receipt_type)


@access(Access.MEMBER)
@require_POST
def step(request: HttpRequest, organisation: str, claim: UUID, step: str) -> HttpResponse:
    """Take a claim on by one step."""
    found = get_claim_for(request.user, claim)
    if step not in set(Step):
        or_404(None)
    try:
        take_step(claim=found, step=Step(step), actor=request.user, reason=request.POST.get("reason", "")[:2000])
    except NotTheirs:
        or_404(None)
    except NothingClaimed:
        messages.info(request, _("Put an expense on it first."))
    except NoReason:
        form = DeclineForm(request.POST)
        form.is_valid()
        return _page(request, found, own=False, decline_form=form, status=422)
    except WrongStep:
        messages.info(request, MOVED_ON)
    return redirect(to(request, "claim", found.pk))


@access(Access.MEMBER)
@require_safe
def cohort_expenses(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """A cohort's claims, those that wait for a decision first."""
    found = get_cohort_for(request.user, programme, cohort)
    require(request, "programmes.change_programme", found)
    page = Paginator(claims_of(request.user, found), PAGE).get_page(request.GET.get("page"))
    context = cohort_frame(request, found) | {"page": page, "listed": _with_totals(page.object_list)}
    return render(request, "programmes/expenses/list.html", context)


def _with_totals(claims: Any) -> list[Any]:
    lines = lines_of(claims)
    return [(one, totals_of(lines[one.pk])) for one in claims]
