"""Marking as received what a pair has passed to the coordinator."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mentoring.tenancy.access import Access, access
from pairs.domain.queries import get_pairing_for, outputs_for
from pairs.domain.reading import reader_of
from pairs.domain.receiving import receive_outputs
from pairs.views.common import to


@access(Access.MEMBER)
@require_POST
def receive(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """Mark one sheet (``output``), or everything that waits for it, as received."""
    found = get_pairing_for(request.user, pairing)
    reader = reader_of(request.user, found)
    if not reader.coordinates or reader.person is not None:
        raise Http404
    only = request.GET.get("output", "")
    rows = [row for row in outputs_for(request.user, found, reader) if only in ("", str(row.pk))]
    if only and not rows:
        raise Http404
    done = receive_outputs(reader=reader, outputs=rows, actor=request.user)
    if done:
        words = ngettext(
            "%(count)d sheet is marked as received.", "%(count)d sheets are marked as received.", len(done)
        )
        messages.success(request, words % {"count": len(done)})
    else:
        messages.info(request, _("It is marked as received already."))
    return to(request, "pairs:output_read", only) if only else to(request, "pairs:pairing", found.pk)
