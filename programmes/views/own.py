"""A participant's own pages: what comes next after joining, and what they say about themselves."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.accounts.kept_post import keeps_posts
from mentoring.tenancy.access import Access, access
from programmes.domain.choosing.next_steps import next_step_of
from programmes.domain.choosing.terms import asking_of
from programmes.domain.coordinators import coordinators_of
from programmes.domain.enrolment import enrolment_owner
from programmes.domain.expenses.queries import has_expenses
from programmes.domain.getting_ready import beforehand, first_of
from programmes.domain.guards import why_not_withdrawn
from programmes.domain.guidance import needs_orientation
from programmes.domain.managers.terms import deals_with_manager
from programmes.domain.own_facts import add_away, remove_away, say_learning_style
from programmes.domain.queries import get_own_participation, get_participant_or_own, or_404
from programmes.domain.sheets import own_shelves
from programmes.domain.training.standing import modules_for, standing_of
from programmes.forms.people import AwayForm, LearningStyleForm
from programmes.models import Away
from programmes.views.frame import posted, to
from templates_app.domain.kits import kit_of
from templates_app.domain.owners import WorksheetOwner


def find_enrolment(request: HttpRequest, person: UUID) -> WorksheetOwner:
    """The profile's owner as the person who asks meets it, for the worksheet pages."""
    return or_404(enrolment_owner(get_participant_or_own(request.user, person), request.user))


@access(Access.MEMBER)
@require_safe
def waiting(request: HttpRequest, organisation: str, person: UUID) -> HttpResponse:
    """What comes next for somebody who has joined: their profile, what mentoring is, then the match."""
    found = get_own_participation(request.user, person)
    before = beforehand(found)
    context = {
        "person": found,
        "cohort": found.cohort,
        "has_training": bool(modules_for(found)),
        "beforehand": before,
        "kit": kit_of(found.cohort.programme.handbook),
        "profile_sent": found.enrolment is not None and found.enrolment.is_submitted,
        "needs_orientation": needs_orientation(found),
        "coordinators": coordinators_of(found.cohort.programme),
        "has_worksheets": bool(own_shelves(found)),
        "by_choice": asking_of(found.cohort) is not None,
        "step": first_of(before) or next_step_of(found),
    }
    return render(request, "programmes/own/waiting.html", context)


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, organisation: str, person: UUID) -> HttpResponse:
    """One's own place in a cohort: how one learns, when one is away, what the coordinators know."""
    found = get_own_participation(request.user, person)
    form = LearningStyleForm(posted(request), initial={"words": found.learning_style})
    if request.method == "POST" and form.is_valid():
        say_learning_style(person=found, words=form.cleaned_data["words"], actor=request.user)
        messages.success(request, _("Saved. Your mentoring partner reads it."))
        return redirect(to(request, "place", found.pk))
    context = {"person": found, "cohort": found.cohort, "form": form, "away_form": AwayForm(), "away": found.away.all()}
    context |= {"trainings": standing_of(found), "has_expenses": has_expenses(found)}
    context["may_step_out"] = not why_not_withdrawn(found)
    context["has_manager"] = deals_with_manager(request.user, found)
    return render(request, "programmes/own/place.html", context)


@access(Access.MEMBER)
@require_POST
def away(request: HttpRequest, organisation: str, person: UUID) -> HttpResponse:
    """Note a period away."""
    found = get_own_participation(request.user, person)
    form = AwayForm(request.POST)
    if form.is_valid():
        add_away(person=found, actor=request.user, **form.cleaned_data)
        messages.success(request, _("Noted. Sessions that fall into it are marked, so that you can move them."))
        return redirect(to(request, "place", found.pk))
    style = LearningStyleForm(initial={"words": found.learning_style})
    context = {"person": found, "cohort": found.cohort, "form": style, "away_form": form, "away": found.away.all()}
    return render(request, "programmes/own/place.html", context, status=422)


@access(Access.MEMBER)
@require_POST
def not_away(request: HttpRequest, organisation: str, person: UUID, away: UUID) -> HttpResponse:
    """Take a period away out again."""
    found = get_own_participation(request.user, person)
    remove_away(
        away=get_object_or_404(Away.objects.select_related("participant"), participant=found, pk=away),
        actor=request.user,
    )
    messages.success(request, _("Taken out."))
    return redirect(to(request, "place", found.pk))
