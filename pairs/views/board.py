"""The way of a pair in one view: a board and a timeline."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mentoring.tenancy.access import Access, access, may
from mentoring.ui.shapes import Happening
from pairs.domain.board import Place, board_of
from pairs.domain.days import Day
from pairs.domain.reading import reader_of
from pairs.enums import ActionState
from pairs.views.common import own_pairing
from pairs.views.lines import page_url

MOVES = {
    Place.TO_DO: (ActionState.DOING, ActionState.DONE),
    Place.DOING: (ActionState.OPEN, ActionState.DONE),
    Place.DONE: (ActionState.DOING,),
}
"""Where a task may be moved from each column."""


@access(Access.MEMBER)
@require_safe
def board(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """Tasks and goals as cards that are moved, and as days with sessions and what was sent and answered."""
    found = own_pairing(request, pairing)
    page = board_of(reader_of(request.user, found))
    context = {
        "pairing": found,
        "page": page,
        "columns": [(column, MOVES[column.place]) for column in page.columns],
        "ahead": [_happening(request, day) for day in page.ahead],
        "behind": [_happening(request, day) for day in page.behind],
        "may_settle": may(request, "pairs.settle_actions", found),
    }
    return render(request, "pairs/goal/board.html", context)


def _happening(request: HttpRequest, day: Day) -> Happening:
    url = page_url(request, day.page) if day.page else ""
    return Happening(when=day.when, what=day.what, who=day.who, url=url, icon=day.icon)
