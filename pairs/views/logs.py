"""Learning logs: which are there, passing a session's on, and compiling them all."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mentoring.tenancy.access import Access, access, may
from pairs.domain.logs import compile_logs, latest_compiled, log_outputs, log_table, pass_on_logs
from pairs.domain.passing_on import writings_of
from pairs.domain.queries import sessions_for
from pairs.domain.reading import reader_of
from pairs.views.common import own_pairing, to
from pairs.views.lines import output_link
from templates_app.shapes import Use

MENTOR_ONLY = "pairs.pass_on_logs"


@access(Access.MEMBER)
@require_safe
def logs(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """The table of logs, with what is present and what is missing."""
    found = own_pairing(request, pairing)
    reader = reader_of(request.user, found)
    table = log_table(reader, log_outputs(reader))
    cells = [cell for row in table for cell in row.cells]
    links = {
        cell.output.pk: output_link(request, cell.output) for cell in cells if cell.output and reader.owes(cell.output)
    }
    context = {
        "pairing": found,
        "reader": reader,
        "table": table,
        "links": links,
        "missing": sum(cell.is_missing for cell in cells),
        "present": sum(cell.is_in for cell in cells),
        "is_kept": any(cell.is_kept for cell in cells),
        "document": latest_compiled(found),
        "may_pass_on": may(request, MENTOR_ONLY, found),
        "writings": writings_of(reader, Use.LOG),
        "may_pass": may(request, "pairs.pass_writing", found),
    }
    return render(request, "pairs/log/page.html", context)


@access(Access.MEMBER)
@require_POST
def pass_on(request: HttpRequest, organisation: str, pairing: UUID, session: UUID) -> HttpResponse:
    """The mentor passes a session's logs to the coordinator."""
    found = own_pairing(request, pairing, MENTOR_ONLY)
    row = get_object_or_404(sessions_for(request.user, found), pk=session)
    passed = pass_on_logs(reader=reader_of(request.user, found), session=row, actor=request.user)
    if passed:
        messages.success(request, _("The coordinator has the logs of session %(number)d.") % {"number": row.number})
    else:
        messages.info(request, _("There is no log of this session to pass on yet."))
    return to(request, "pairs:logs", found.pk)


@access(Access.MEMBER)
@require_POST
def compile_all(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """The mentor gathers all logs into one document for the coordinator."""
    found = own_pairing(request, pairing, MENTOR_ONLY)
    document = compile_logs(reader=reader_of(request.user, found), actor=request.user)
    messages.success(request, _("The logs are on their way to the coordinator, in one document."))
    return to(request, "templates_app:document", document.pk)
