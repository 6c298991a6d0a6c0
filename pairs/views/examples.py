"""The mentor's help with the mentee's self-assessment."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentoring.tenancy.access import Access, access
from pairs.domain.examples import TooLate, example_fields, help_with, helps_with, layout_fields, may_help
from pairs.domain.people import Person
from pairs.domain.queries import get_output_for
from pairs.domain.reading import Reader
from pairs.forms.examples import ExamplesForm
from pairs.models import Output
from pairs.views.common import to


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def examples(request: HttpRequest, organisation: str, output: UUID) -> HttpResponse:
    """Choose or write example rows for the mentee's sheet, and how it is set out."""
    found, reader = get_output_for(request.user, output)
    sheet = reader.sheet_of(found)
    if sheet is None or not helps_with(reader, sheet):
        raise Http404
    if request.method != "POST" and not may_help(reader, found, sheet):
        messages.info(request, _("This sheet is not being written any more: there is nothing left to help with."))
        return to(request, "pairs:output_back", found.pk)
    form = ExamplesForm(request.POST or None, fields=example_fields(sheet), layout=layout_fields(sheet))
    if request.method == "POST" and form.is_valid() and _put_in(request, form, found, reader):
        name = _writer(reader, found).short_name
        messages.success(request, _("%(name)s finds this in the sheet, marked as examples.") % {"name": name})
        return to(request, "pairs:output_back", found.pk)
    context = {
        "form": form,
        "output": found,
        "sheet": sheet,
        "writer": _writer(reader, found),
        "pairing": reader.pairing,
    }
    return render(request, "pairs/output/examples.html", context, status=422 if form.is_bound else 200)


def _writer(reader: Reader, output: Output) -> Person:
    """Whose sheet it is."""
    return reader.people.member(output.member_id) or reader.people.mentee


def _put_in(request: HttpRequest, form: ExamplesForm, output: Output, reader: Reader) -> bool:
    """Add the rows; ``False`` with a message on the form, which keeps every word, when the sheet was sent meanwhile."""
    try:
        help_with(reader=reader, output=output, examples=form.chosen, layout=form.layout, actor=request.user)
    except TooLate:
        told = _(
            "%(name)s has sent this sheet meanwhile, or it was closed, so nothing was added. Your words stand below."
        )
        form.add_error(None, told % {"name": _writer(reader, output).short_name})
        return False
    return True
