"""One pair, for those who look after it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from mentoring.tenancy.access import Access, access
from pairs.domain.following import follow
from pairs.domain.queries import get_pairing_for
from pairs.domain.reading import reader_of
from pairs.domain.rematching import linked_pairings, rematches_of
from pairs.domain.signed_sheets.queries import waiting_sheets
from pairs.pair_links import pair_links
from pairs.views.following_shapes import given_list, happenings, owed_list, session_list


@access(Access.MEMBER)
@require_safe
def pairing(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """The coordinator's page of a pair; its own people are taken to their home."""
    found = get_pairing_for(request.user, pairing)
    reader = reader_of(request.user, found)
    if reader.person is not None:
        return redirect("pairs:home", request.organisation.slug)
    page = follow(reader)
    slug, zone = request.organisation.slug, request.user.zone
    context = {
        "page": page,
        "pairing": page.pairing,
        "owed": owed_list(page, zone),
        "given": given_list(page, slug, zone),
        "sessions": session_list(page, zone),
        "happenings": happenings(page, zone),
        "to_sign": waiting_sheets(reader),
        "closing": reader.kit.plan.closing,
        "rematches": rematches_of(found) if reader.coordinates else [],
        "linked": linked_pairings(found) if reader.coordinates else [],
        "links": pair_links(request, page.pairing),
    }
    return render(request, "pairs/pairing/follow.html", context)
