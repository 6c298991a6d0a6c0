"""The page on which members of the organisation volunteer as mentors."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from mentoring.tenancy.access import Access, access
from programmes.domain.coordinators import coordinators_of
from programmes.domain.guidance import named_articles
from programmes.domain.volunteering import (
    VolunteerRefused,
    cohorts_open_to,
    cohorts_to_volunteer_in,
    get_programme_to_volunteer_in,
    own_mentor_places,
    volunteering_of,
)
from programmes.domain.volunteering import volunteer as take_place
from programmes.models import Cohort, Programme
from programmes.views.frame import to
from templates_app.answers import article_html
from templates_app.domain.kits import kit_of
from templates_app.models import Article


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def volunteer(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """What mentors gain and what it takes; POST takes a place and leads to the joining sheet."""
    found = get_programme_to_volunteer_in(programme)
    if request.method == "POST":
        cohort = get_object_or_404(
            Cohort.objects.select_related("programme__handbook"), programme=found, slug=request.POST.get("cohort", "")
        )
        try:
            return redirect(to(request, "enrolment", take_place(cohort=cohort, actor=request.user).pk))
        except VolunteerRefused as refusal:
            messages.warning(request, str(refusal))
            return redirect(to(request, "volunteer", found.slug))
    own = own_mentor_places(found, request.user)
    taken = {place.cohort_id for place in own}
    open_to = [cohort for cohort in cohorts_open_to(request.user, found) if cohort.pk not in taken]
    context = {
        "programme": found,
        "terms": volunteering_of(found),
        "kit": kit_of(found.handbook),
        "articles": _articles(found),
        "cohorts": open_to,
        "is_mentee": not open_to and not own and bool(cohorts_to_volunteer_in(found)),
        "places": own,
        "coordinators": coordinators_of(found),
    }
    return render(request, "programmes/choosing/volunteer.html", context)


def _articles(programme: Programme) -> list[tuple[Article, str]]:
    """The handbook's words for them."""
    terms = volunteering_of(programme)
    rows = named_articles(programme.handbook, terms.articles if terms is not None else [])
    return [(row, article_html(row.body)) for row in rows]
