"""My documents: the handbook's tools with their state, and everything written in the pair to read, print and take away."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from mentoring.tenancy.access import Access, access
from pairs.domain.compiled import request_records
from pairs.domain.kept import kept_words
from pairs.domain.queries import outputs_for
from pairs.domain.reading import reader_of
from pairs.domain.shown import shown_sheet
from pairs.domain.tools import filled_again, other_records, tools_of
from pairs.views.common import own_pairing, to


@access(Access.MEMBER)
@require_safe
def documents(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """What exists of the pair's records, blank and filled."""
    found = own_pairing(request, pairing)
    reader = reader_of(request.user, found)
    outputs = outputs_for(request.user, found, reader)
    others = other_records(reader, outputs)
    context = {
        "pairing": found,
        "person": reader.person,
        "shares_files": reader.kit.files.offered,
        "tools": tools_of(reader, outputs),
        "others": [shown_sheet(reader, row) for row in others],
        "kept": kept_words(found, outputs),
        "filled_again": filled_again(reader, others),
    }
    return render(request, "pairs/documents/page.html", context)


@access(Access.MEMBER)
@require_POST
def records(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """Ask for everything in one PDF."""
    found = own_pairing(request, pairing)
    document = request_records(reader=reader_of(request.user, found), actor=request.user)
    return to(request, "templates_app:document", document.pk)
