"""What the pages of this room begin with: the cohort one may see, leave to do something, and ways between pages."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from mentoring.tenancy.access import require
from programmes.domain.queries import get_cohort_for
from programmes.models import Cohort

PAGE_LENGTH = 25


def cohort_for(request: HttpRequest, programme: str, cohort: str, permission: str) -> Cohort:
    """A cohort the visitor sees and has that permission on. 404 or 403 otherwise."""
    found = get_cohort_for(request.user, programme, cohort)
    require(request, permission, found)
    return found


def to(request: HttpRequest, name: str, *parts: Any) -> str:
    """The path of a named page of this room in the organisation of the request."""
    return reverse(f"evaluation:{name}", args=[request.organisation.slug, *parts])


def to_cohort(request: HttpRequest, name: str, cohort: Cohort) -> str:
    """The path of a page of this room about a cohort."""
    return to(request, name, cohort.programme.slug, cohort.slug)
