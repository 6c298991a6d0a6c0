"""The list of confidential records: how many, by which rule, what is due, and deleting it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.accounts.kept_post import keeps_posts
from mentoring.tenancy.access import Access, access, require
from mentoring.ui import dates
from mentoring.ui.shapes import Happening
from programmes.domain.queries import get_programme_for, or_404
from programmes.domain.records.deleting import NotAsShown, NotHere, delete_due, set_rule
from programmes.domain.records.kinds import Kind, kind_named
from programmes.domain.records.listing import deletions_of, line_of, lines_of, terms_of
from programmes.forms.records import DeleteForm, RuleForm
from programmes.models import Programme
from programmes.views.frame import posted, programme_frame, to


def _programme(request: HttpRequest, programme: str) -> Programme:
    found = get_programme_for(request.user, programme)
    require(request, "programmes.keep_records", found)
    return found


def _kind(key: str) -> Kind:
    return or_404(kind_named(key))


@access(Access.MEMBER)
@require_safe
def records(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """Every kind with its number, its rule and what is due."""
    found = _programme(request, programme)
    zone = request.user.zone
    context = {
        "terms": terms_of(found),
        "lines": lines_of(found),
        "happenings": [
            Happening(when=dates.moment(event.at, zone), what=words, icon="trash-2")
            for event, words in deletions_of(found)
        ],
    }
    here = to(request, "records", found.slug)
    return render(
        request, "programmes/records/list.html", programme_frame(request, found, (_("Records"), here)) | context
    )


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, organisation: str, programme: str, kind: str) -> HttpResponse:
    """One kind: its rule to be changed, and what is due to be deleted."""
    found, chosen = _programme(request, programme), _kind(kind)
    line = line_of(found, chosen)
    form = RuleForm(posted(request), rule=line.rule)
    if request.method == "POST" and form.is_valid():
        set_rule(programme=found, kind=chosen, actor=request.user, **form.cleaned_data)
        messages.success(request, _("The rule is kept. It holds from now on, for what is there already too."))
        return redirect(to(request, "record", found.slug, chosen.key))
    trail = ((_("Records"), to(request, "records", found.slug)), (str(chosen.title), request.path))
    context = programme_frame(request, found, *trail) | {
        "line": line,
        "form": form,
        "delete_form": DeleteForm(initial={"count": len(line.due)}),
    }
    return render(request, "programmes/records/kind.html", context, status=422 if form.errors else 200)


@access(Access.MEMBER)
@require_POST
def delete(request: HttpRequest, organisation: str, programme: str, kind: str) -> HttpResponse:
    """Delete what is due, once that was confirmed."""
    found, chosen = _programme(request, programme), _kind(kind)
    form, here = DeleteForm(request.POST), to(request, "record", found.slug, chosen.key)
    if not form.is_valid():
        messages.error(request, form.faults())
        return redirect(here)
    try:
        count = delete_due(programme=found, kind=chosen, expected=form.cleaned_data["count"], actor=request.user)
    except NotHere:
        return or_404(None)
    except NotAsShown:
        messages.error(request, _("Another number is due by now. Nothing was deleted: look at it again."))
    else:
        told = ngettext("%(count)d record is deleted for good.", "%(count)d records are deleted for good.", count)
        messages.success(request, told % {"count": count})
    return redirect(here)
