"""The page of requests among the neighbouring pages of a cohort whose mentees choose."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from mentoring.ui.home import register_home
from mentoring.ui.shapes import Choice
from programmes.domain.choosing.open_lists import open_lists, units_of
from programmes.domain.choosing.terms import asking_of
from programmes.domain.roles import roles_for
from programmes.models import Cohort
from programmes.tabs import register_cohort_tab


def requests_tab(request: HttpRequest, cohort: Cohort) -> Choice | None:
    """For the coordinators of a cohort whose mentees choose."""
    if not roles_for(request.user).coordinates(cohort.programme_id) or asking_of(cohort) is None:
        return None
    place = [request.organisation.slug, cohort.programme.slug, cohort.slug]
    return Choice(_("Requests"), reverse("programmes:requests", args=place))


def units_tab(request: HttpRequest, cohort: Cohort) -> Choice | None:
    """For the coordinators of a cohort in which units keep lists of mentors."""
    terms = units_of(cohort.programme) if roles_for(request.user).coordinates(cohort.programme_id) else None
    if terms is None:
        return None
    place = [request.organisation.slug, cohort.programme.slug, cohort.slug]
    return Choice(terms.title, reverse("programmes:units", args=place))


def lists_place(request: HttpRequest) -> str | None:
    """Who belongs to the organisation and to nothing else in it finds its lists of mentors, where there are any."""
    return reverse("programmes:mentor_lists", args=[request.organisation.slug]) if open_lists() else None


def register_requests_tab() -> None:
    """For ``AppConfig.ready``."""
    register_cohort_tab(35, requests_tab)
    register_cohort_tab(25, units_tab)
    register_home(60, lists_place)
