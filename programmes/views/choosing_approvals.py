"""Asking somebody outside to approve, and the one page that they see."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mentoring import clock
from mentoring.accounts.kept_post import keeps_posts
from mentoring.tenancy.access import Access, access
from mentoring.tenancy.scope import current_organisation
from programmes.domain.choosing.approvals import (
    ApprovalRefused,
    ask_approver,
    decide_approval,
    newest_approval,
    revoke_approval,
    usable_link,
)
from programmes.domain.choosing.states import NotYours
from programmes.domain.choosing.terms import approval_terms
from programmes.domain.coordinators import coordinators_of
from programmes.domain.enrolment import enrolment_context
from programmes.domain.outside import LinkUnusable
from programmes.domain.queries import get_own_participation, or_404
from programmes.enums import ApprovalState
from programmes.forms.choosing import ApproverForm
from programmes.models import Approval, Participant
from programmes.views.frame import posted, to
from programmes.views.outside import unusable_link
from templates_app.answers import AnswerContext, display, to_html
from templates_app.domain.from_outside import NotComplete
from templates_app.domain.kits import current_versions, worksheet_of
from templates_app.domain.responses import answers_of
from templates_app.forms.worksheet import WorksheetForm
from templates_app.models import Article, TemplateVersion


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, organisation: str, person: UUID) -> HttpResponse:
    """The mentee says whom to ask, sees how it stands, sends the link anew or takes it back."""
    found = get_own_participation(request.user, person)
    if approval_terms(found) is None:
        raise Http404
    here = to(request, "approval", found.pk)
    context = {"person": found, "cohort": found.cohort, "is_own": True}
    return approval_page(request, found, here, "programmes/choosing/approval.html", context)


def approval_page(
    request: HttpRequest, person: Participant, here: str, template: str, context: dict[str, Any]
) -> HttpResponse:
    """How an approval stands; POST sends the link (anew), or takes it back (``do=revoke``)."""
    if request.method == "POST" and request.POST.get("do") == "revoke":
        return _revoked(request, person, here)
    last = newest_approval(person)
    form = ApproverForm(posted(request), initial=_whom(person, last))
    if request.method == "POST" and form.is_valid():
        try:
            asked = ask_approver(person=person, actor=request.user, **form.cleaned_data)
        except ApprovalRefused as fault:
            form.add_error("email", str(fault))
        except NotYours as fault:
            raise Http404 from fault
        else:
            messages.success(request, _("The link is on its way to %(name)s.") % {"name": asked.name})
            return redirect(here)
    known = {"approval": last, "form": form, "terms": approval_terms(person), "sections": _decision(last, person)}
    return render(request, template, context | known, status=422 if request.method == "POST" else 200)


def _revoked(request: HttpRequest, person: Participant, here: str) -> HttpResponse:
    last = newest_approval(person)
    if last is not None:
        last.participant = person
        try:
            revoke_approval(approval=last, actor=request.user)
        except NotYours as fault:
            raise Http404 from fault
        messages.success(request, _("Taken back. The link does not work any more."))
    return redirect(here)


def _whom(person: Participant, last: Approval | None) -> dict[str, Any]:
    """Whom the form begins with: who was asked last, or who stands in the joining sheet."""
    if last is not None:
        return {"name": last.name, "email": last.email}
    terms = approval_terms(person)
    said = answers_of(person.enrolment) if person.enrolment is not None and terms is not None else {}
    name, address = (terms.name_from, terms.address_from) if terms else (None, None)
    return {"name": said.get(name or "", ""), "email": said.get(address or "", "") or person.supervisor_email}


def _decision(last: Approval | None, person: Participant) -> list[Any]:
    if last is None or last.response is None:
        return []
    context = _context(last, person)
    return display(worksheet_of(last.response.version), answers_of(last.response), context)


# --- The page behind the link ----------------------------------------------------------------------------------------


@access(Access.VISITOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, organisation: str, token: str) -> HttpResponse:
    """What the link leads to: the handbook's words and its questions, and nothing of any pair. A button decides."""
    try:
        approval = usable_link(token).approval
        person = approval.participant
        if _is_themselves(request, person):
            return render(request, "programmes/choosing/not_yours.html", {"person": person}, status=403)
        return _answered(request, approval, person, token)
    except LinkUnusable as fault:
        read_on = _about_mentoring(request, fault.about, token)
        return unusable_link(request, fault, lambda approval: approval.participant.cohort.programme, read_on=read_on)


def _about_mentoring(request: HttpRequest, approval: Approval | None, token: str) -> str:
    """Where the handbook's words for supervisors stand; empty where it has none."""
    terms = approval_terms(approval.participant) if approval is not None else None
    return to(request, "for_supervisors", token) if terms is not None and terms.about else ""


def _is_themselves(request: HttpRequest, person: Participant) -> bool:
    return person.membership is not None and person.membership.user_id == request.user.pk


def _answered(request: HttpRequest, approval: Approval, person: Participant, token: str) -> HttpResponse:
    terms = or_404(approval_terms(person))
    version = or_404(current_versions(person.cohort.programme.handbook).get(terms.worksheet))
    context = _context(approval, person)
    data = request.POST if request.method == "POST" else None
    form = WorksheetForm(worksheet_of(version), data, context=context)
    if data is not None and not form.changes_rows and form.checked("submit").ok:
        done = _decide(token, version, form, context)
        return render(
            request, "programmes/choosing/decided.html", _words(done, person) | {"token": token, "terms": terms}
        )
    values = _words(approval, person) | {"form": form, "token": token, "terms": terms} | _reading(person, terms.article)
    return render(request, "programmes/choosing/approve.html", values, status=422 if form.fault_list else 200)


def _decide(token: str, version: TemplateVersion, form: WorksheetForm, context: AnswerContext) -> Approval:
    try:
        return decide_approval(token=token, version=version, answers=form.raw_answers(), context=context)
    except NotComplete as fault:  # the form has checked the same answers a moment ago
        raise Http404 from fault


def _context(approval: Approval, person: Participant) -> AnswerContext:
    """What the answers depend on: the approver's name, the mentee's, today. Nothing else of the programme is known here."""
    base = enrolment_context(person, partners=())
    values = {
        "person.name": approval.name,
        "person.email": approval.email,
        "mentee.name": person.name,
        "mentee.title": person.title or None,
        "mentee.employer": person.employer or None,
        "programme.title": person.cohort.programme.title,
        "today": clock.now().astimezone(base.tzinfo).date().isoformat(),
    }
    return AnswerContext(
        locale=current_organisation().language,
        zone=person.zone,
        now=clock.now(),
        roles=frozenset({"supervisor"}),
        dates=base.dates,
        options=base.options,
        values=values,
    )


def _reading(person: Participant, key: str | None) -> dict[str, Any]:
    """The handbook's words for whoever approves."""
    article = Article.objects.filter(handbook=person.cohort.programme.handbook, key=key).first() if key else None
    return {"article": article, "body": to_html(article.body) if article else ""}


def _words(approval: Approval, person: Participant) -> dict[str, Any]:
    programme = person.cohort.programme
    return {
        "approval": approval,
        "approved": approval.state == ApprovalState.APPROVED,
        "person": person,
        "cohort": person.cohort,
        "coordinators": coordinators_of(programme),
    }
