"""A session's page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mentoring import clock
from mentoring.tenancy.access import Access, access, may
from pairs.domain.reading import reader_of
from pairs.domain.road import output_tag
from pairs.domain.session_page import session_page
from pairs.domain.shown import beside
from pairs.domain.wanted import title_words
from pairs.enums import Right
from pairs.views.common import own_session
from pairs.views.lines import output_link


@access(Access.MEMBER)
@require_safe
def session(request: HttpRequest, organisation: str, pairing: UUID, session: UUID) -> HttpResponse:
    """Plan, what is brought to it, what was agreed before, and what is due around it."""
    found = own_session(request, pairing, session)
    reader = reader_of(request.user, found.pairing)
    page = session_page(reader, found)
    assert reader.person is not None
    now = clock.now()
    mine = [
        (
            row,
            title_words(row.kind, row.title),
            output_link(request, row),
            *output_tag(row, zone=reader.person.zone, now=now),
        )
        for row in page.mine
    ]
    brought = [
        (
            one,
            one.tag(zone=reader.person.zone, session=found.number),
            output_link(request, one.output) if one.output and reader.right_to(one.output) >= Right.READ else "",
        )
        for one in page.brought
    ]
    context = {
        "page": page,
        "brought_open": [line for line in brought if line[0].is_open],
        "brought_done": [line for line in brought if not line[0].is_open],
        "pairing": found.pairing,
        "reader": reader,
        "person": reader.person,
        "partners": reader.people.others(reader.person),
        "mine": mine,
        "opened": [one for one in page.talks if one.is_open],
        "offered": [one for one in page.talks if not one.is_open],
        "logs": beside(page.logs_before),
        "closing": beside(page.closing),
        "holds_duties": page.schedule.running_duties == reader.person.side,
        "duty_holders": reader.people.side_in_words(page.schedule.running_duties),
        "across": reader.people.across(reader.person),
        "lead": reader.people.lead,
        "may_plan": may(request, "pairs.plan_sessions", found),
    }
    return render(request, "pairs/sessions/session.html", context)
