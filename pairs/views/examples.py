"""The mentor's help with the mentee's self-assessment."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from mentoring.tenancy.access import Access, access
from pairs.domain.examples import TooLate, example_fields, help_with, helps_with, layout_fields, may_help
from pairs.domain.people import Others
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
        messages.success(request, _found_by(_writers(reader, found)))
        return to(request, "pairs:output_back", found.pk)
    context = {
        "form": form,
        "output": found,
        "sheet": sheet,
        "writers": _writers(reader, found),
        "pairing": reader.pairing,
    }
    return render(request, "pairs/output/examples.html", context, status=422 if form.is_bound else 200)


def _writers(reader: Reader, output: Output) -> Others:
    """Whose sheet it is: one mentee's, or all mentees' where it is filled in together."""
    writer = reader.people.member(output.member_id)
    return Others((writer,)) if writer else reader.people.mentees


def _found_by(writers: Others) -> str:
    words = ngettext(
        "%(name)s finds this in the sheet, marked as examples.",
        "%(name)s find this in the sheet, marked as examples.",
        writers.count,
    )
    return words % {"name": writers.short_name}


def _put_in(request: HttpRequest, form: ExamplesForm, output: Output, reader: Reader) -> bool:
    """Add the rows; ``False`` with a message on the form, which keeps every word, when the sheet was sent meanwhile."""
    try:
        help_with(reader=reader, output=output, examples=form.chosen, layout=form.layout, actor=request.user)
    except TooLate:
        writers = _writers(reader, output)
        told = ngettext(
            "%(name)s has sent this sheet meanwhile, or it was closed, so nothing was added. Your words stand below.",
            "%(name)s have sent this sheet meanwhile, or it was closed, so nothing was added. Your words stand below.",
            writers.count,
        )
        form.add_error(None, told % {"name": writers.short_name})
        return False
    return True
