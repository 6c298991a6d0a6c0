"""Who writes a worksheet from now on."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentoring.tenancy.access import Access, access
from pairs.domain.passing_on import CannotPass, pass_writing, who_words
from pairs.domain.people import people_of
from pairs.views.common import back, own_pairing
from templates_app.shapes import Filler


@access(Access.MEMBER)
@require_POST
def pass_on(request: HttpRequest, organisation: str, pairing: UUID, worksheet: str) -> HttpResponse:
    """One of the pairing says who writes this worksheet from now on. 404 where its writing does not pass on, or not to them."""
    found = own_pairing(request, pairing, "pairs.pass_writing")
    to = request.POST.get("writer", "")
    try:
        changed = pass_writing(pairing=found, worksheet=worksheet, to=to, actor=request.user)
    except CannotPass as fault:
        raise Http404 from fault
    names = {"name": who_words(Filler(to), people_of(found))}
    if changed:
        messages.success(
            request, _("From now on it is written by %(name)s. What somebody has begun stays theirs.") % names
        )
    else:
        messages.info(request, _("It is written by %(name)s already.") % names)
    return back(request, "pairs:sheets", found.pk, worksheet)
