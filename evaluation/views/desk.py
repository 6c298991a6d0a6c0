"""The coordinator's desk: which cohort, who needs them today, how everybody stands, and a reminder."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from evaluation.domain.desk import RUNNING, SHOWN, Desk, desk_of, only
from evaluation.domain.matrix import matrix_of
from evaluation.domain.nudging import NothingToRemind, Nudge, RemindedAlready, nudge
from evaluation.domain.pictures import report_charts
from evaluation.domain.queries import desks_for
from evaluation.domain.shown import as_of, definitions, figure_items
from evaluation.domain.weeks import week_of
from evaluation.views.desk_shapes import (
    attention_items,
    matrix_rows,
    shown_filter,
    stage_filter,
)
from evaluation.views.frame import PAGE_LENGTH, cohort_for, to_cohort
from mentoring import clock
from mentoring.tenancy.access import Access, access, may, require
from pairs.domain.queries import get_output_for
from programmes.enums import CohortState
from programmes.views.frame import cohort_frame

AT_ONCE = 8
"""So many who need the coordinator stand on the desk at once; the rest is one link away."""


@access(Access.MEMBER)
@require_safe
def desks(request: HttpRequest, organisation: str) -> HttpResponse:
    """The cohorts somebody looks after; straight to the one, where there is only one that is open."""
    if not may(request, "evaluation.have_desk"):
        raise Http404
    found = list(desks_for(request.user))
    still_open = [cohort for cohort in found if cohort.state == CohortState.OPEN]
    if len(still_open) == 1 and "all" not in request.GET:
        return redirect(to_cohort(request, "cohort_desk", still_open[0]))
    return render(request, "evaluation/desk/choose.html", {"cohorts": found})


@access(Access.MEMBER)
@require_safe
def cohort_desk(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """One cohort: for its coordinator whom to help first, for all who look after it how it stands."""
    found = cohort_for(request, programme, cohort, "evaluation.view_desk")
    desk = desk_of(request.user, found, clock.now())
    context = cohort_frame(request, found) | {
        "desk": desk,
        "week": week_of(found, desk.now),
        **_attention(request, desk),
        "figures": figure_items(desk.numbers),
        "definitions": definitions(desk.numbers),
        "as_of": as_of(desk.now, found.zone),
        "may_export": may(request, "evaluation.export", found),
    }
    context |= _outputs(request, desk) if desk.sight.names_some else _pictures(desk)
    return render(request, "evaluation/desk/cohort.html", context)


def _attention(request: HttpRequest, desk: Desk) -> dict[str, object]:
    """The first of those who need the coordinator, or all of them where that is asked for."""
    shown, needing = attention_items(request, desk, None if "everybody" in request.GET else AT_ONCE)
    return {"attention": shown, "needing": needing, "more": needing - len(shown)}


def _outputs(request: HttpRequest, desk: Desk) -> dict[str, object]:
    """The matrix, filtered and paged."""
    shown = request.GET.get("show", RUNNING)
    shown = shown if shown in SHOWN else RUNNING
    stage = request.GET.get("stage", "")
    page = Paginator(only(desk.named, shown), PAGE_LENGTH).get_page(request.GET.get("page"))
    matrix = matrix_of(desk.named, page.object_list, stage)
    return {
        "page": page,
        "columns": [column.words for column in matrix.columns],
        "rows": matrix_rows(request, matrix, desk.cohort.zone),
        "filters": [shown_filter(request, desk.named, shown), stage_filter(request, desk, stage)],
    }


def _pictures(desk: Desk) -> dict[str, object]:
    """What the steering group sees instead of names."""
    return {"stages": desk.stages, "charts": report_charts({"stages": desk.stages, "sessions": desk.sessions})}


@access(Access.MEMBER)
@require_POST
def remind(request: HttpRequest, organisation: str, output: UUID) -> HttpResponse:
    """A gentle reminder of one output, by its coordinator."""
    found, _reader = get_output_for(request.user, output)
    require(request, "evaluation.remind", found.pairing.cohort)
    try:
        say_reminded(request, nudge(output=found, actor=request.user))
    except RemindedAlready:
        messages.info(request, _("They were reminded of this within the last day. Once a day is enough."))
    except NothingToRemind:
        messages.info(request, _("There is nothing to remind of: it is done, or nobody can be reached."))
    return redirect(to_cohort(request, "cohort_desk", found.pairing.cohort))


def say_reminded(request: HttpRequest, done: Nudge) -> None:
    """What was done, and whom it reaches only here because they have switched mail off."""
    names = get_text_list(done.told, _("and"))
    messages.success(request, _("%(names)s will be reminded at a good hour on their own clock.") % {"names": names})
    if done.inbox_only:
        names = get_text_list(done.inbox_only, _("and"))
        messages.info(request, _("%(names)s takes reminders in the inbox here, not by e-mail.") % {"names": names})
