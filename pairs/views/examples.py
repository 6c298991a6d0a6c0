"""The mentor's help with the mentee's self-assessment."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentoring.tenancy.access import Access, access
from pairs.domain.examples import example_fields, help_with, layout_fields, may_help
from pairs.domain.queries import get_output_for
from pairs.forms.examples import ExamplesForm
from pairs.views.common import to


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def examples(request: HttpRequest, organisation: str, output: UUID) -> HttpResponse:
    """Choose or write example rows for the mentee's sheet, and how it is set out."""
    found, reader = get_output_for(request.user, output)
    sheet = reader.sheet_of(found)
    if sheet is None or not may_help(reader, found, sheet):
        raise Http404
    form = ExamplesForm(request.POST or None, fields=example_fields(sheet), layout=layout_fields(sheet))
    if request.method == "POST" and form.is_valid():
        help_with(reader=reader, output=found, examples=form.chosen, layout=form.layout, actor=request.user)
        name = reader.people.mentee.short_name
        messages.success(request, _("%(name)s finds this in the sheet, marked as examples.") % {"name": name})
        return to(request, "pairs:output_back", found.pk)
    context = {
        "form": form,
        "output": found,
        "sheet": sheet,
        "partner": reader.people.mentee,
        "pairing": reader.pairing,
    }
    return render(request, "pairs/output/examples.html", context, status=422 if form.is_bound else 200)
