"""What was counted over a period, and the report that is begun with it."""

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from evaluation.domain.period_reports import NoSuchReport, begin_period_report, report_sheet_of
from evaluation.domain.totals import Period, counted_in, totals_for
from evaluation.forms.totals import PeriodForm
from evaluation.views.frame import cohort_for, to_cohort
from mentoring import clock
from mentoring.tenancy.access import Access, access, may
from pairs.domain.instants import local_day
from programmes.models import Cohort
from programmes.views.frame import cohort_frame
from templates_app.domain.counting import SMALLEST_GROUP
from templates_app.domain.responses import StaleSave


@access(Access.MEMBER)
@require_safe
def totals(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """The numbers of a period for all who read figures; what the handbook has counted for coordinators alone."""
    found = cohort_for(request, programme, cohort, "evaluation.view_reports")
    reads = may(request, "evaluation.read_answers", found)
    usual = _usual(found) if reads else _usual_months(found)
    asked = {"data": request.GET} if "first" in request.GET else {"initial": usual}
    form = PeriodForm(**asked, months_until=None if reads else _today(found))
    period = _period(form, found, usual)
    context = cohort_frame(request, found) | {
        "form": form,
        "period": period,
        "totals": totals_for(request.user, found, period) if period else [],
        "reads": reads,
        "smallest": SMALLEST_GROUP,
        "counted": counted_in(found, period, request.user) if period and reads else [],
        "report": report_sheet_of(found.programme) if reads else None,
    }
    return render(request, "evaluation/report/totals.html", context, status=200 if period else 422)


@access(Access.MEMBER)
@require_POST
def begin_report(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """Begin the handbook's report with the numbers of a period."""
    found = cohort_for(request, programme, cohort, "evaluation.read_answers")
    period = _period(PeriodForm(request.POST), found, _usual(found))
    if period is None:
        return redirect(f"{to_cohort(request, 'totals', found)}?{_asked(request.POST)}")
    try:
        begun = begin_period_report(cohort=found, period=period, actor=request.user)
    except NoSuchReport:
        raise Http404 from None
    except StaleSave:
        messages.warning(
            request, _("Somebody has saved the report in the same moment. Nothing was changed: try again.")
        )
        return redirect(f"{to_cohort(request, 'totals', found)}?{_asked(request.POST)}")
    if begun.kept:
        words = _(
            "The numbers are counted anew. What stands under %(titles)s was kept: see whether it fits these days."
        )
        messages.info(request, words % {"titles": get_text_list([f"“{title}”" for title in begun.kept], _("and"))})
    return redirect("programmes:worksheet", organisation, begun.sheet.pk)


def _today(cohort: Cohort) -> dt.date:
    return local_day(clock.now(), cohort.zone)


def _usual(cohort: Cohort) -> dict[str, dt.date]:
    """From the cohort's first day until today, or its last."""
    return {"first": cohort.starts_on, "last": max(cohort.starts_on, min(_today(cohort), cohort.ends_on))}


def _usual_months(cohort: Cohort) -> dict[str, dt.date]:
    """The cohort's months that are over; the last one that is over while none of its own are."""
    past_its_end = clock.months_later(cohort.ends_on.replace(day=1), 1)
    last = min(_today(cohort).replace(day=1), past_its_end) - dt.timedelta(days=1)
    return {"first": min(cohort.starts_on, last).replace(day=1), "last": last}


def _period(form: PeriodForm, cohort: Cohort, usual: dict[str, dt.date]) -> Period | None:
    """The days that were chosen; ``None`` where they make no period."""
    if not form.is_bound:
        return Period(**usual, zone=cohort.zone)
    return Period(**form.cleaned_data, zone=cohort.zone) if form.is_valid() else None


def _asked(data: QueryDict) -> str:
    asked = QueryDict(mutable=True)
    asked.update({"first": data.get("first", ""), "last": data.get("last", "")})
    return asked.urlencode()
