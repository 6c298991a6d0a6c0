"""What a pair may take up whenever it likes, and giving a partner something to do at home."""

from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mentoring.tenancy.access import Access, access
from pairs.domain.at_will import InThePast, at_will_of, give_homework, may_give_to
from pairs.domain.reading import reader_of
from pairs.forms.homework import HomeworkForm
from pairs.views.common import own_pairing, to


@access(Access.MEMBER)
@require_safe
def at_will(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """Everything one may take up at any time, by the handbook's headings."""
    found = own_pairing(request, pairing)
    reader = reader_of(request.user, found)
    listed = at_will_of(reader)
    groups = [(title, list(rows)) for title, rows in groupby(listed, key=lambda one: one.worksheet.group)]
    context = {"pairing": found, "groups": groups, "reader": reader}
    return render(request, "pairs/output/at_will.html", context)


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, organisation: str, pairing: UUID, worksheet: str) -> HttpResponse:
    """Give a worksheet to the partner to do at home, by a day if one is named."""
    found = own_pairing(request, pairing, "pairs.plan_sessions")
    reader = reader_of(request.user, found)
    sheet = reader.worksheets.get(worksheet)
    partners = may_give_to(reader, sheet) if sheet is not None else []
    if sheet is None or not partners:
        raise Http404
    form = HomeworkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            give_homework(reader=reader, worksheet=worksheet, due_on=form.cleaned_data["due_on"], actor=request.user)
        except InThePast:
            form.add_error("due_on", _("This day is over. Choose one to come, or none."))
        else:
            names = ", ".join(person.short_name for person in partners)
            messages.success(request, _("%(name)s finds it among the things to do.") % {"name": names})
            return to(request, "pairs:at-will", found.pk)
    context = {"pairing": found, "worksheet": sheet, "partners": partners, "form": form}
    return render(request, "pairs/output/give.html", context, status=422 if form.is_bound else 200)
