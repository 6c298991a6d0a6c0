"""All logs of a cohort in one list, for its coordinators."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evaluation.views.frame import PAGE_LENGTH, cohort_for
from mentoring.tenancy.access import Access, access
from pairs.domain.log_list import logs_in
from programmes.views.frame import cohort_frame


@access(Access.MEMBER)
@require_safe
def cohort_logs(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """Whatever is sent, the newest first, found by the names of a pair; words stand on each log's own page."""
    found = cohort_for(request, programme, cohort, "evaluation.read_answers")
    words = request.GET.get("q", "").strip()
    every = logs_in(request.user, found)
    listed = [one for one in every if words.casefold() in one.pair.casefold()]
    page = Paginator(listed, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = cohort_frame(request, found) | {"page": page, "words": words, "everything": len(every)}
    return render(request, "evaluation/desk/logs.html", context)
