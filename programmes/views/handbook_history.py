"""What was changed in a handbook, by whom, and the way back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.tenancy.access import Access, access
from programmes.domain.designing.own_words import put_own_words, rewording_of
from programmes.domain.handbook.editing import NotSound, StaleEdit, undo_edit
from programmes.domain.handbook.effects import NeedsSeeing
from programmes.domain.handbook.history import edits_of_part, is_known, part_of_slug, put_back, shown_edit
from programmes.domain.handbook.parts import title_of
from programmes.domain.handbook.reading import get_edit_of
from programmes.domain.queries import or_404
from programmes.views.frame import programme_frame, to
from programmes.views.handbook_saving import after_press, ask_again, editable, seen_in

PAGE = 15


@access(Access.MEMBER)
@require_safe
def history(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """Every change with what differs, newest first; of one part with ``?part=``."""
    found = editable(request, programme)
    part = part_of_slug(request.GET.get("part", ""))
    page = Paginator(edits_of_part(found, part), PAGE).get_page(request.GET.get("page"))
    context = programme_frame(request, found, (_("Handbook"), to(request, "handbook", found.slug))) | {
        "page": page,
        "edits": [shown_edit(edit) for edit in page],
        "part_title": title_of(part) if part else "",
    }
    return render(request, "programmes/handbook/history.html", context)


@access(Access.MEMBER)
@require_POST
def back(request: HttpRequest, organisation: str, programme: str, edit: UUID) -> HttpResponse:
    """Make a part read as it did before a change, however often it was changed since."""
    found = editable(request, programme)
    chosen = get_edit_of(found, edit)
    if not is_known(chosen.part):
        or_404(None)
    return after_press(
        request,
        found,
        lambda seen: put_back(edit=chosen, actor=request.user, seen=seen),
        to(request, "handbook_history", found.slug),
        title=_("Put back how it was?"),
        refused=_("It cannot be put back as it was:"),
    )


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def own_words(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """Say the handbook in the organisation's own words: what would read differently, and doing it."""
    found = editable(request, programme)
    effects: dict[str, Any] = {}
    if request.method == "POST":
        try:
            count = put_own_words(programme=found, actor=request.user, seen=seen_in(request))
        except NeedsSeeing as asked:
            effects = {"effects": asked.effects, "sign": asked.sign}
        else:
            _say_reworded(request, count)
            return redirect(to(request, "handbook", found.slug))
    context = programme_frame(request, found, (_("Handbook"), to(request, "handbook", found.slug))) | effects
    context["found"] = rewording_of(found.handbook)
    return render(request, "programmes/handbook/own_words.html", context)


def _say_reworded(request: HttpRequest, count: int) -> None:
    if count:
        messages.success(
            request, _("The handbook says your words from now on. Each change can be taken back by itself.")
        )
    else:
        messages.info(request, _("Nothing was changed."))


@access(Access.MEMBER)
@require_POST
def undo(request: HttpRequest, organisation: str, programme: str, edit: Any) -> HttpResponse:
    """Put back what stood before a change; it asks once more where that changes something for people."""
    found = editable(request, programme)
    here = to(request, "handbook", found.slug)
    try:
        undo_edit(edit=get_edit_of(found, edit), actor=request.user, seen=seen_in(request))
    except NeedsSeeing as asked:
        return ask_again(request, found, asked, here, title=_("Put back how it was?"))
    except StaleEdit:
        messages.error(
            request, _("This part was changed again since. The history leads back to how it read at any time.")
        )
    except NotSound as fault:
        messages.error(request, _("This cannot be taken back any more: %(reason)s") % {"reason": str(fault)})
    else:
        messages.success(request, _("It reads as before."))
    return redirect(here)
