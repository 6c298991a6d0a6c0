"""Somebody's line manager: naming them, reading what they wrote, and the one page that they see."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mentoring import clock
from mentoring.accounts.kept_post import keeps_posts
from mentoring.tenancy.access import Access, access
from mentoring.tenancy.scope import current_organisation
from programmes.domain.choosing.states import NotYours
from programmes.domain.coordinators import coordinators_of
from programmes.domain.managers.naming import ManagerRefused, manager_of, name_manager, take_manager_back
from programmes.domain.managers.terms import deals_with_manager, managers_of
from programmes.domain.managers.words import (
    WrittenMeanwhile,
    manager_words_for,
    take_in_word,
    usable_manager_link,
    words_of,
)
from programmes.domain.outside import LinkUnusable
from programmes.domain.queries import get_own_participation, get_participant_of, or_404
from programmes.forms.managers import ManagerForm
from programmes.models import LineManager, ManagerWord, Participant
from programmes.views.frame import cohort_frame, posted, to
from programmes.views.outside import unusable_link
from templates_app.answers import AnswerContext, display
from templates_app.domain.from_outside import NotComplete
from templates_app.domain.kits import current_versions, worksheet_of
from templates_app.domain.responses import answers_of
from templates_app.forms.worksheet import WorksheetForm
from templates_app.models import TemplateVersion


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, organisation: str, person: UUID) -> HttpResponse:
    """Who takes part says who their manager is, reads what the manager wrote, sends the link anew or takes it back."""
    found = get_own_participation(request.user, person)
    context = {"person": found, "cohort": found.cohort, "is_own": True}
    return _page(request, found, to(request, "own_manager", found.pk), context)


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def of_person(request: HttpRequest, organisation: str, programme: str, cohort: str, person: UUID) -> HttpResponse:
    """The same for coordinators."""
    found = get_participant_of(request.user, programme, cohort, person)
    place = (found.cohort.programme.slug, found.cohort.slug)
    trail = [(_("People"), to(request, "people", *place)), (found.name, to(request, "person", *place, found.pk))]
    context = cohort_frame(request, found.cohort, *trail) | {"person": found, "is_own": False}
    return _page(request, found, to(request, "person_manager", *place, found.pk), context)


def _page(request: HttpRequest, person: Participant, here: str, context: dict[str, Any]) -> HttpResponse:
    if not deals_with_manager(request.user, person):
        raise Http404
    if request.method == "POST" and request.POST.get("do") == "revoke":
        return _taken_back(request, person, here)
    now_named = manager_of(person)
    form = ManagerForm(posted(request), initial=_whom(person, now_named))
    if request.method == "POST" and form.is_valid():
        try:
            name_manager(person=person, actor=request.user, **form.cleaned_data)
        except ManagerRefused as fault:
            form.add_error("email", str(fault))
        except NotYours as fault:
            raise Http404 from fault
        else:
            messages.success(request, _("The link is on its way to %(name)s.") % {"name": form.cleaned_data["name"]})
            return redirect(here)
    context |= {
        "manager": now_named,
        "form": form,
        "terms": managers_of(person.cohort.programme),
        "words": [_shown(word, person) for word in manager_words_for(request.user, person)],
    }
    return render(request, "programmes/manager/named.html", context, status=422 if form.errors else 200)


def _taken_back(request: HttpRequest, person: Participant, here: str) -> HttpResponse:
    try:
        take_manager_back(person=person, actor=request.user)
    except NotYours as fault:
        raise Http404 from fault
    messages.success(request, _("Taken back. The link does not work any more."))
    return redirect(here)


def _whom(person: Participant, now_named: LineManager | None) -> dict[str, str]:
    """Whom the form begins with: who is named, or who stands in what the person sent as they joined."""
    if now_named is not None:
        return {"name": now_named.name, "email": now_named.email}
    key = managers_of(person.cohort.programme).name_from
    sent = person.enrolment if person.enrolment is not None and person.enrolment.is_submitted else None
    said = answers_of(sent).get(key or "", "") if sent is not None else ""
    return {"name": said, "email": person.supervisor_email}


def _shown(word: ManagerWord, person: Participant) -> dict[str, Any]:
    """One thing that a manager sent, to be read."""
    context = _context(word.manager, person)
    sections = display(worksheet_of(word.response.version), answers_of(word.response), context)
    return {"word": word, "sections": sections}


# --- The page behind the link ----------------------------------------------------------------------------------------


@access(Access.VISITOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, organisation: str, token: str) -> HttpResponse:
    """What the link leads to, as often as it is followed: who takes part in what, what the manager wrote so far, and the
    handbook's questions. Nothing of any pair.
    """
    try:
        manager = usable_manager_link(token).manager
        person = manager.participant
        if person.membership is not None and person.membership.user_id == request.user.pk:
            return render(request, "programmes/manager/not_yours.html", {"person": person}, status=403)
        return _asked(request, manager, person, token)
    except LinkUnusable as fault:
        return unusable_link(request, fault, lambda found: found.participant.cohort.programme)


def _asked(request: HttpRequest, manager: LineManager, person: Participant, token: str) -> HttpResponse:
    programme = person.cohort.programme
    version = or_404(current_versions(programme.handbook).get(managers_of(programme).worksheet or ""))
    context = _context(manager, person)
    shape, sent = worksheet_of(version), list(words_of(manager))
    data = request.POST if request.method == "POST" else None
    before = answers_of(sent[-1].response) if sent and shape.living else None
    form = WorksheetForm(shape, data, answers=before, context=context)
    page: dict[str, Any] = {"person": person, "manager": manager, "programme": programme, "token": token}
    page["coordinators"] = coordinators_of(programme)
    status = 200
    if data is not None and not form.changes_rows and form.checked("submit").ok:
        try:
            _take_in(token, version, form, _seen(data))
        except WrittenMeanwhile:
            page["is_late"], status = True, 409
        else:
            return render(request, "programmes/manager/thanks.html", page)
    page |= {"form": form, "sent": [_shown(word, person) for word in reversed(sent)]}
    return render(request, "programmes/manager/page.html", page, status=422 if form.fault_list else status)


def _seen(data: QueryDict) -> int:
    """How many times they had written when the page was opened; -1 where the page does not say so."""
    said = data.get("after", "")
    return int(said) if said.isdecimal() and len(said) < 6 else -1


def _take_in(token: str, version: TemplateVersion, form: WorksheetForm, after: int) -> None:
    try:
        take_in_word(token=token, version=version, answers=form.raw_answers(), after=after, context=form.context)
    except NotComplete as fault:  # the form has checked the same answers a moment ago
        raise Http404 from fault


def _context(manager: LineManager, person: Participant) -> AnswerContext:
    """What the answers depend on: who asks, who answers, today. Nothing else of the programme is known here."""
    now = clock.now()
    return AnswerContext(
        locale=current_organisation().language,
        zone=person.zone,
        now=now,
        roles=frozenset({"supervisor"}),
        dates={"cohort.start": person.cohort.starts_on, "cohort.end": person.cohort.ends_on},
        values={"person.name": manager.name, "programme.title": person.cohort.programme.title},
    )
