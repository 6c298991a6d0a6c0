"""The private calendar: its page, and the address that calendars call."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mentoring.tenancy.access import Access, access
from pairs.domain.feeds import feed_of, feed_text, renew_feed, revoke_feed
from pairs.views.common import to


@access(Access.MEMBER)
@require_safe
def calendar(request: HttpRequest, organisation: str) -> HttpResponse:
    """The person's address, and how to use it."""
    feed = feed_of(request.membership)
    path = reverse("pairs:feed", args=[organisation, feed.token]) if feed else ""
    context = {"feed": feed, "address": request.build_absolute_uri(path) if feed else ""}
    return render(request, "pairs/feed/page.html", context)


@access(Access.MEMBER)
@require_POST
def renew(request: HttpRequest, organisation: str) -> HttpResponse:
    """A first address, or a new one in place of the old."""
    had_one = feed_of(request.membership) is not None
    renew_feed(membership=request.membership)
    told = (
        _("You have a new address. The old one has stopped working.")
        if had_one
        else _("Your calendar address is ready.")
    )
    messages.success(request, told)
    return to(request, "pairs:calendar")


@access(Access.MEMBER)
@require_POST
def revoke(request: HttpRequest, organisation: str) -> HttpResponse:
    """Take the address away."""
    revoke_feed(membership=request.membership)
    messages.success(request, _("Your calendar address has stopped working."))
    return to(request, "pairs:calendar")


@access(Access.VISITOR)
@require_safe
def feed(request: HttpRequest, organisation: str, token: str) -> HttpResponse:
    """The calendar itself. The token is all that calendars can show, so everything else is a 404."""
    text = feed_text(token, name=_("Mentoring · %(organisation)s") % {"organisation": request.organisation.name})
    if text is None:
        raise Http404
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="mentoring.ics"'
    response["Cache-Control"] = "private, max-age=3600"
    return response
