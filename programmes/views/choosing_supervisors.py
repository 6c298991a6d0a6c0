"""What mentoring is and what a supervisor's part in it is: for whoever was asked to approve, before and after they answer."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mentoring.tenancy.access import Access, access
from programmes.domain.choosing.approvals import link_to_read
from programmes.domain.choosing.terms import approval_terms
from programmes.domain.coordinators import coordinators_of
from programmes.domain.guidance import named_articles
from programmes.domain.outside import LinkUnusable
from programmes.enums import ApprovalState
from programmes.views.outside import unusable_link
from templates_app.answers import article_html


@access(Access.VISITOR)
@never_cache
@require_safe
def for_supervisors(request: HttpRequest, organisation: str, token: str) -> HttpResponse:
    """The handbook's words for supervisors (``cal.sys.66``): nothing of any pair, nor of any person but who can help."""
    try:
        approval = link_to_read(token).approval
    except LinkUnusable as fault:
        return unusable_link(request, fault, lambda found: found.participant.cohort.programme)
    terms, programme = approval_terms(approval.participant), approval.participant.cohort.programme
    articles = named_articles(programme.handbook, terms.about if terms is not None else [])
    if not articles:
        raise Http404
    context = {
        "programme": programme,
        "articles": [(row, article_html(row.body)) for row in articles],
        "coordinators": coordinators_of(programme),
        "is_open": approval.state == ApprovalState.ASKED,
        "token": token,
    }
    return render(request, "programmes/choosing/for_supervisors.html", context)
