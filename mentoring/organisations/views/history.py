"""What happened in the organisation, for its admins."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mentoring.history.actions import action_of
from mentoring.history.domain import everything, sentence
from mentoring.history.models import Event
from mentoring.organisations.views.tabs import organisation_tabs
from mentoring.tenancy.access import Access, access
from mentoring.ui.dates import moment
from mentoring.ui.shapes import Happening

PAGE = 50


@access(Access.ADMIN)
@require_safe
def history(request: HttpRequest, organisation: str) -> HttpResponse:
    """Everything, newest first. It tells who did what, never what anybody wrote."""
    page = Paginator(everything(), PAGE).get_page(request.GET.get("page"))
    items = [_happening(event, request.user.zone) for event in page]
    context = {"page": page, "items": items, "tabs": organisation_tabs(request)}
    return render(request, "organisations/organisation/history.html", context)


def _happening(event: Event, zone: str) -> Happening:
    return Happening(when=moment(event.at, zone), what=sentence(event), icon=_icon_of(event))


def _icon_of(event: Event) -> str:
    """The action's icon; a plain dot for an action that nobody declares any more."""
    try:
        return action_of(event.action).icon
    except KeyError:
        return "circle-dot"
