"""What the pages of this room share: asking for leave, crumbs, and the neighbouring pages."""

from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.accounts.kept_post import kept_post
from mentoring.tenancy.access import may
from mentoring.ui.shapes import Choice
from programmes.domain.roles import roles_for
from programmes.models import Cohort, Programme
from programmes.tabs import cohort_tabs

MOVED_ON = gettext_lazy("It had moved on meanwhile. This is how it stands now.")
"""What is said to the second of two who take something on."""


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is drawn with: what was sent just now, or what was typed before signing in again."""
    return request.POST if request.method == "POST" else kept_post(request)


def to(request: HttpRequest, name: str, *parts: Any) -> str:
    """The path of a named page of this room in the organisation of the request."""
    return reverse(f"programmes:{name}", args=[request.organisation.slug, *parts])


def programme_frame(request: HttpRequest, programme: Programme, *trail: tuple[str, str]) -> dict[str, Any]:
    """Context of a page of a programme: the programme, crumbs (``trail`` are the steps below it), tabs."""
    here = to(request, "programme", programme.slug)
    roles = roles_for(request.user)
    runs = roles.coordinates(programme.pk)
    pages = [(_("Overview"), here), *([(_("Handbook"), f"{here}handbook/")] if runs else [])]
    if runs or roles.is_admin:
        pages.append((_("People who run it"), f"{here}team/"))
    best = max((url for _label, url in pages if request.path.startswith(url)), key=len, default="")
    return {
        "programme": programme,
        "is_coordinator": runs,
        "crumbs": [
            Choice(_("Programmes"), to(request, "programmes")),
            *([Choice(programme.title, here)] if trail or request.path != here else []),
            *(Choice(label, url) for label, url in trail),
        ],
        "tabs": [Choice(label, url, current=url == best) for label, url in pages],
    }


def cohort_frame(request: HttpRequest, cohort: Cohort, *trail: tuple[str, str]) -> dict[str, Any]:
    """Context of a page of a cohort: the cohort, crumbs, tabs."""
    programme = cohort.programme
    here = to(request, "cohort", programme.slug, cohort.slug)
    return {
        "sees_people": may(request, "programmes.view_people", cohort),
        "cohort": cohort,
        "programme": programme,
        "is_coordinator": roles_for(request.user).coordinates(programme.pk),
        "crumbs": [
            Choice(programme.title, to(request, "programme", programme.slug)),
            *([Choice(cohort.title, here)] if request.path != here else []),
            *(Choice(label, url) for label, url in trail),
        ],
        "tabs": cohort_tabs(request, cohort),
    }
