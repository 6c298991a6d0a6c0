"""Recognition: one's own achievements with certificates and hours, and a cohort's for its coordinators."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring import clock
from mentoring.accounts.kept_post import forget_kept_posts, keeps_posts
from mentoring.tenancy.access import Access, access, require
from pairs.domain.achievement_documents import request_certificate, request_hours
from pairs.domain.achievements import (
    NotOffered,
    get_achievement_for,
    own_achievements,
    places_recognised,
    recognisable,
    record_achievement,
    recorded_in,
    rules_of,
    take_back_achievement,
)
from pairs.domain.hours import hours, sessions_held
from pairs.domain.instants import local_day
from pairs.forms.achievements import AchievementForm
from programmes.domain.queries import get_cohort_for, get_own_participation
from programmes.views.frame import cohort_frame, posted

PAGE = 30


@access(Access.MEMBER)
@require_safe
def achievements(request: HttpRequest, organisation: str) -> HttpResponse:
    """What one has achieved, and the hours of each place."""
    places, own = places_recognised(request.user), list(own_achievements(request.user))
    if not places and not own:
        raise Http404
    spent = [(place, held, hours(held)) for place in places for held in [sessions_held(place)]]
    return render(request, "pairs/achievement/own.html", {"places": spent, "achievements": own})


@access(Access.MEMBER)
@require_POST
def certificate(request: HttpRequest, organisation: str, achievement: UUID) -> HttpResponse:
    """Ask for a certificate."""
    document = request_certificate(achievement=get_achievement_for(request.user, achievement), actor=request.user)
    return redirect("templates_app:document", request.organisation.slug, document.pk)


@access(Access.MEMBER)
@require_POST
def record_of_hours(request: HttpRequest, organisation: str, person: UUID) -> HttpResponse:
    """Ask for one's own record of hours."""
    place = get_own_participation(request.user, person)
    if not rules_of(place.cohort.programme).offered:
        raise Http404
    document = request_hours(person=place, actor=request.user)
    return redirect("templates_app:document", request.organisation.slug, document.pk)


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def cohort_achievements(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """What was recorded in a cohort; POST records an achievement."""
    found = get_cohort_for(request.user, programme, cohort)
    require(request, "programmes.change_programme", found)
    if not rules_of(found.programme).offered:
        raise Http404
    today = local_day(clock.now(), request.user.zone)
    form = AchievementForm(posted(request), people=recognisable(found), today=today)
    if request.method == "POST" and form.is_valid():
        form.cleaned_data["person"].cohort = found
        record_achievement(actor=request.user, **form.cleaned_data)
        forget_kept_posts(request)
        messages.success(request, _("Recorded. They are told, and find their certificate on their own page."))
        return redirect("pairs:cohort-achievements", request.organisation.slug, programme, cohort)
    page = Paginator(recorded_in(request.user, found), PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = cohort_frame(request, found) | {"page": page, "form": form}
    return render(request, "pairs/achievement/cohort.html", context, status=422 if request.method == "POST" else 200)


@access(Access.MEMBER)
@require_POST
def take_back(request: HttpRequest, organisation: str, achievement: UUID) -> HttpResponse:
    """Take out what was recorded by mistake."""
    found = get_achievement_for(request.user, achievement)
    cohort = found.participant.cohort
    try:
        take_back_achievement(achievement=found, actor=request.user)
    except NotOffered:
        raise Http404 from None
    messages.success(request, _("Taken out."))
    return redirect("pairs:cohort-achievements", request.organisation.slug, cohort.programme.slug, cohort.slug)
