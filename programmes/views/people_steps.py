"""What is done with one person or with many: take on, decline, invite, withdraw, take in again."""

from collections.abc import Callable
from uuid import UUID

import rules
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mentoring.tenancy.access import Access, access, require
from mentoring.ui.messages import done_with_undo
from programmes.domain.finding import chosen_people
from programmes.domain.invitations import AT_ONCE, invite_people
from programmes.domain.people import PersonRefused, accept_people, decline_people, reinstate_person, withdraw_person
from programmes.domain.queries import get_cohort_for, get_participant_of
from programmes.domain.states import WrongStep
from programmes.models import Cohort
from programmes.views.frame import to


@access(Access.MEMBER)
@require_POST
def accept(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """Take the chosen candidates on."""
    found = _changeable(request, programme, cohort)
    count = accept_people(people=chosen_people(request.user, found, request.POST), actor=request.user)
    words = ngettext("%(count)d person is taken on.", "%(count)d people are taken on.", count)
    return _done(request, found, count, words)


@access(Access.MEMBER)
@require_POST
def decline(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """Decide not to take the chosen people on. They are not told by this."""
    found = _changeable(request, programme, cohort)
    count = decline_people(people=chosen_people(request.user, found, request.POST), actor=request.user)
    words = ngettext("%(count)d person is not taken on.", "%(count)d people are not taken on.", count)
    return _done(request, found, count, words)


@access(Access.MEMBER)
@require_POST
def invite(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """Send invitations to the chosen people, or to everybody who is taken on and has none yet; a keeper to their list's."""
    found = get_cohort_for(request.user, programme, cohort)
    chosen = chosen_people(request.user, found, request.POST)
    people = [one for one in chosen if rules.has_perm("programmes.keep_entry", request.user, one)]
    if not people:
        require(request, "programmes.change_people", found)
    count = invite_people(people=people, actor=request.user)
    if count == AT_ONCE < len(people):
        messages.info(request, _("%(count)d at a time: send again for the others.") % {"count": AT_ONCE})
    words = ngettext("%(count)d invitation is on its way.", "%(count)d invitations are on their way.", count)
    return _done(request, found, count, words)


@access(Access.MEMBER)
@require_POST
def withdraw(request: HttpRequest, organisation: str, programme: str, cohort: str, person: UUID) -> HttpResponse:
    """Take somebody out of the cohort, with the way back."""
    found = get_participant_of(request.user, programme, cohort, person)
    require(request, "programmes.keep_entry", found)
    place = (found.cohort.programme.slug, found.cohort.slug, found.pk)
    try:
        withdraw_person(person=found, actor=request.user)
    except PersonRefused as refusal:
        messages.error(request, str(refusal))
    except WrongStep:
        messages.info(request, _("Nothing was changed: somebody else was faster."))
    else:
        words = _("%(name)s is no longer in the cohort. What they wrote stays theirs.") % {"name": found.name}
        done_with_undo(request, words, to(request, "reinstate_person", *place))
    return redirect(to(request, "person", *place))


@access(Access.MEMBER)
@require_POST
def reinstate(request: HttpRequest, organisation: str, programme: str, cohort: str, person: UUID) -> HttpResponse:
    """Take somebody in again."""
    found = get_participant_of(request.user, programme, cohort, person)
    require(request, "programmes.keep_entry", found)
    try:
        reinstate_person(person=found, actor=request.user)
    except WrongStep:
        messages.info(request, _("Nothing was changed: somebody else was faster."))
    else:
        messages.success(request, _("%(name)s is in the cohort again.") % {"name": found.name})
    return redirect(to(request, "person", found.cohort.programme.slug, found.cohort.slug, found.pk))


def _changeable(request: HttpRequest, programme: str, cohort: str) -> Cohort:
    found = get_cohort_for(request.user, programme, cohort)
    require(request, "programmes.change_people", found)
    return found


def _done(request: HttpRequest, cohort: Cohort, count: int, words: str) -> HttpResponse:
    say: Callable[..., None] = messages.success if count else messages.info
    say(request, words % {"count": count} if count else _("Nobody among those chosen was waiting for this."))
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = to(request, "people", cohort.programme.slug, cohort.slug)
    return redirect(back)
