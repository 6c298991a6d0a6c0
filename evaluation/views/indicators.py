"""Indicators of success of a cohort: the page, and the same figures as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from evaluation.domain.exporting.files import csv_bytes
from evaluation.domain.indicating.indicators import ABOUT, has_indicators, indicators_of, used_in
from evaluation.domain.indicating.lines import SIDES, by_side, table_of
from evaluation.domain.partners import kept_for
from evaluation.domain.purpose import purpose_shown
from evaluation.domain.shown import as_of
from evaluation.domain.steps import STEP
from evaluation.views.frame import cohort_for
from mentoring import clock
from mentoring.tenancy.access import Access, access
from mentoring.ui.shapes import Choice
from programmes.models import Cohort
from programmes.views.frame import cohort_frame
from templates_app.domain.counting import SMALLEST_GROUP
from templates_app.views.downloads import as_download


@access(Access.MEMBER)
@require_safe
def indicators(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """What the programme judges itself by, each side apart, with what every figure is made of."""
    found = cohort_for(request, programme, cohort, "evaluation.view_reports")
    about, kept = _about(request), kept_for(request.user, found)
    context = cohort_frame(request, found) | {
        "sides": by_side(indicators_of(found, about, kept=kept)),
        "without_partners": bool(kept),
        "about": about,
        "choices": _choices(found, about),
        "any": has_indicators(found),
        "purpose": purpose_shown(found.programme, request.user),
        "smallest": SMALLEST_GROUP,
        "step": STEP,
        "as_of": as_of(clock.now(), found.zone),
    }
    return render(request, "evaluation/indicators/page.html", context)


@access(Access.MEMBER)
@require_safe
def csv(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """The figures of that page as they stand now: what it hides is not in the file either."""
    found = cohort_for(request, programme, cohort, "evaluation.view_reports")
    about = _about(request)
    table = table_of(
        indicators_of(found, about, kept=kept_for(request.user, found)), clock.now().isoformat(timespec="seconds")
    )
    name = "-".join(part for part in ("indicators", found.programme.slug, found.slug, about) if part)
    return as_download(csv_bytes(table), name=f"{name}.csv", content_type="text/csv; charset=utf-8")


def _about(request: HttpRequest) -> str:
    """Whose indicators are asked for: one side's, or all. Raises ``Http404``."""
    about = request.GET.get("about", "")
    if about and about not in ABOUT:
        raise Http404
    return about


def _choices(cohort: Cohort, about: str) -> list[Choice]:
    """A way to each side that has indicators, where several have."""
    sides = {one.about for one in used_in(cohort)}
    if len(sides) < 2:
        return []
    found = [Choice(_("All"), "?", current=not about)]
    return found + [Choice(str(SIDES[key]), f"?about={key}", current=key == about) for key in ABOUT if key in sides]
