"""What coordinators see and do where mentees choose: that requests run, pairs to confirm, doors, approvals."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.accounts.kept_post import keeps_posts
from mentoring.tenancy.access import Access, access, require
from programmes.domain.choosing.answering import Outcome, confirm_request
from programmes.domain.choosing.queries import Running, get_agreed_request, get_choosing_cohort_for, running_in
from programmes.domain.choosing.standing import CannotAsk, MustBeSeen, rules_against
from programmes.domain.choosing.states import NotYours, WrongStep
from programmes.domain.choosing.terms import approval_terms, asking_of
from programmes.domain.queries import get_participant_of
from programmes.models import Participant
from programmes.views.choosing import move_door
from programmes.views.choosing_approvals import approval_page
from programmes.views.frame import cohort_frame, to
from templates_app.domain.kits import kit_of


@access(Access.MEMBER)
@require_safe
def requests(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """Which requests run, by name and state; how many became pairs. No word that anybody wrote, and no no of anybody."""
    found = get_choosing_cohort_for(request.user, programme, cohort)
    terms = asking_of(found)
    if terms is None:
        raise Http404
    alone = kit_of(found.programme.handbook).matching.is_by_choice_alone
    context = cohort_frame(request, found) | {"running": running_in(found), "terms": terms, "alone": alone}
    context |= _looked_at(request, context["running"])
    return render(request, "programmes/choosing/requests.html", context)


def _looked_at(request: HttpRequest, running: Running) -> dict[str, Any]:
    """What speaks against the pair that a coordinator was about to confirm, so that they confirm it knowingly."""
    row = next((row for row in running.open if str(row.pk) == request.GET.get("look")), None)
    if row is None:
        return {}
    return {"look": row.pk, "look_rules": rules_against(row.cohort, row.mentor, row.mentee)}


@access(Access.MEMBER)
@require_POST
def confirm(request: HttpRequest, organisation: str, programme: str, cohort: str, asking: UUID) -> HttpResponse:
    """Confirm a pair that both wish, where the handbook leaves that to the coordinators."""
    found = get_choosing_cohort_for(request.user, programme, cohort)
    asked = get_agreed_request(found, asking)
    try:
        outcome = confirm_request(request=asked, actor=request.user, seen=request.POST.getlist("seen"))
    except MustBeSeen as fault:
        words = _("Look twice, then confirm once more: %(words)s")
        messages.warning(request, words % {"words": " ".join(fault.rules.values())})
        address = to(request, "requests", found.programme.slug, found.slug)
        return redirect(f"{address}?look={asked.pk}")
    except CannotAsk as fault:
        messages.warning(request, str(fault))
    except WrongStep:
        messages.info(request, _("Nothing was changed: this request has moved on meanwhile."))
    else:
        if outcome is Outcome.PAIRED:
            names = {"mentee": asked.mentee.name, "mentor": asked.mentor.name}
            messages.success(request, _("%(mentee)s and %(mentor)s are a pair. Both have been told.") % names)
        else:
            messages.warning(request, _("This pair is not possible any more. Both have been told."))
    return redirect(to(request, "requests", found.programme.slug, found.slug))


def _person(request: HttpRequest, programme: str, cohort: str, person: UUID) -> Participant:
    found = get_participant_of(request.user, programme, cohort, person)
    require(request, "programmes.change_people", found.cohort)
    return found


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def approval(request: HttpRequest, organisation: str, programme: str, cohort: str, person: UUID) -> HttpResponse:
    """The approval of one mentee: how it stands, with the same steps as they have themselves."""
    found = _person(request, programme, cohort, person)
    if approval_terms(found) is None:
        raise Http404
    place = (found.cohort.programme.slug, found.cohort.slug)
    trail = [(_("People"), to(request, "people", *place)), (found.name, to(request, "person", *place, found.pk))]
    context = cohort_frame(request, found.cohort, *trail) | {"person": found, "is_own": False}
    here = to(request, "person_approval", *place, found.pk)
    return approval_page(request, found, here, "programmes/choosing/approval.html", context)


@access(Access.MEMBER)
@require_POST
def door(request: HttpRequest, organisation: str, programme: str, cohort: str, person: UUID) -> HttpResponse:
    """Take a mentor out of the list for a while, or put them back."""
    found = get_participant_of(request.user, programme, cohort, person)
    require(request, "programmes.keep_entry", found)
    try:
        move_door(request, found)
    except NotYours as fault:
        raise Http404 from fault
    return redirect(to(request, "person", found.cohort.programme.slug, found.cohort.slug, found.pk))
