"""The pairs of a cohort as a list: where each is, what is due and late, how many sessions were held."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from evaluation.domain.desk import RUNNING, SHOWN, desk_of, only
from evaluation.domain.queries import alongside_for
from evaluation.domain.standing import PairStanding
from evaluation.views.desk_shapes import short_words, shown_filter
from evaluation.views.frame import PAGE_LENGTH, cohort_for, to
from mentoring import clock
from mentoring.tenancy.access import Access, access, may
from pairs.domain.people import people_of
from programmes.views.frame import cohort_frame
from templates_app.domain.kits import kit_of


@access(Access.MEMBER)
@require_safe
def cohort_pairs(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """All pairs the visitor sees by name, found by name, filtered, paged."""
    found = cohort_for(request, programme, cohort, "evaluation.view_pairs")
    desk = desk_of(request.user, found, clock.now())
    shown = request.GET.get("show", RUNNING)
    shown = shown if shown in SHOWN else RUNNING
    words = request.GET.get("q", "").strip()
    listed = [one for one in only(desk.named, shown) if words.casefold() in one.label.casefold()]
    page = Paginator(listed, PAGE_LENGTH).get_page(request.GET.get("page"))
    stages = {stage.key: stage.title for stage in kit_of(found.programme.handbook).stages}
    context = cohort_frame(request, found) | {
        "page": page,
        "words": words,
        "lines": [_line(request, one, stages, found.zone) for one in page.object_list],
        "exports": to(request, "exports", found.programme.slug),
        "filters": [shown_filter(request, desk.named, shown)],
        "everybody": len(desk.named),
        "alongside": [(row, people_of(row).label) for row in alongside_for(request.user, found)],
        "may_export": may(request, "evaluation.export", found),
    }
    return render(request, "evaluation/desk/pairs.html", context)


def _line(request: HttpRequest, one: PairStanding, stages: dict[str, str], zone: str) -> dict[str, object]:
    late, due = len(one.late), len(one.due)
    return {
        "one": one,
        "page": reverse("pairs:pairing", args=[request.organisation.slug, one.pairing.pk]),
        "stage": stages.get(one.stage, ""),
        "next": short_words(one.next_session.starts_at, zone) if one.next_session else "",
        "sessions": _("%(held)d of %(planned)d") % {"held": len(one.held), "planned": len(one.numbered)},
        "due": ngettext("%(count)d open", "%(count)d open", due) % {"count": due} if due else "",
        "late": ngettext("%(count)d late", "%(count)d late", late) % {"count": late} if late else "",
    }
