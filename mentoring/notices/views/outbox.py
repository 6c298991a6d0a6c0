"""The outbox, for those who look after it: what went, what waits, what failed and why."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from mentoring.notices.domain.queries import get_outbox_message_for, outbox_for, sent_to, shown_to_staff
from mentoring.notices.domain.upkeep import retry_message, withdraw_message
from mentoring.notices.models import Message
from mentoring.tenancy.access import Access, access
from mentoring.ui.shapes import Choice, Column, Filter
from mentoring.work.models import State

PAGE = 50
FILTERS = {
    "": (gettext_lazy("all"), None),
    "waiting": (gettext_lazy("waiting"), [State.QUEUED, State.RUNNING]),
    "failed": (gettext_lazy("failed"), [State.FAILED]),
    "sent": (gettext_lazy("sent"), [State.DONE]),
    "withdrawn": (gettext_lazy("withdrawn"), [State.CANCELLED]),
}


@access(Access.MEMBER)
@require_safe
def outbox(request: HttpRequest, organisation: str) -> HttpResponse:
    """The list, by state and by address."""
    found = outbox_for(request.user)
    if found is None:
        raise Http404
    chosen, query = request.GET.get("state", ""), request.GET.get("q", "").strip()
    page = Paginator(_narrowed(found, chosen, query), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(message, shown_to_staff(message)) for message in page],
        "query": query,
        "filters": [_filter(chosen, query)],
        "columns": [
            Column(_("Message")),
            Column(_("To")),
            Column(_("State")),
            Column(_("When")),
            Column(_("Do"), hidden=True),
        ],
    }
    return render(request, "notices/outbox/list.html", context)


def _narrowed(found: QuerySet[Message], chosen: str, query: str) -> QuerySet[Message]:
    states = FILTERS.get(chosen, FILTERS[""])[1]
    if states is not None:
        found = found.filter(state__in=states)
    return sent_to(found, query) if query else found


def _filter(chosen: str, query: str) -> Filter:
    choices = []
    for key, (words, _states) in FILTERS.items():
        address = urlencode({"state": key} | ({"q": query} if query else {}))
        choices.append(Choice(str(words), f"?{address}", chosen == key))
    return Filter(_("State"), choices)


@access(Access.MEMBER)
@require_safe
def show(request: HttpRequest, organisation: str, message_id: UUID) -> HttpResponse:
    """One message: how it stands and, unless it is personal or holds a secret link, what it says."""
    message = get_outbox_message_for(request.user, message_id)
    context = {"message": message, "shown": shown_to_staff(message, with_text=True)}
    return render(request, "notices/outbox/show.html", context)


@access(Access.MEMBER)
@require_POST
def retry(request: HttpRequest, organisation: str, message_id: UUID) -> HttpResponse:
    """Send a failed message again."""
    if retry_message(message=get_outbox_message_for(request.user, message_id), actor=request.user):
        messages.success(request, _("The message goes out again."))
    else:
        messages.warning(request, _("Nothing was done: this message has not failed, or somebody was faster."))
    return redirect("notices:outbox-message", organisation, message_id)


@access(Access.MEMBER)
@require_POST
def withdraw(request: HttpRequest, organisation: str, message_id: UUID) -> HttpResponse:
    """Withdraw a message that has not gone out."""
    if withdraw_message(message=get_outbox_message_for(request.user, message_id), actor=request.user):
        messages.success(request, _("The message is withdrawn."))
    else:
        messages.warning(request, _("Nothing was done: the message is on its way already."))
    return redirect("notices:outbox-message", organisation, message_id)
