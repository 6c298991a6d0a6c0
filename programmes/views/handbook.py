"""A programme's handbook: its parts, and changing an item of a list."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.accounts.kept_post import keeps_posts
from mentoring.tenancy.access import Access, access, require
from mentoring.ui.messages import done_with_undo
from programmes.domain.handbook.editing import NotSound, StaleEdit, original_of, undo_edit
from programmes.domain.handbook.items import add_item, address_of, change_item, item_of, items_of, remove_item
from programmes.domain.handbook.parts import LISTS, TEXTS, ListPart, fingerprint, list_part
from programmes.domain.handbook.reading import changes_of, edits_of, get_edit_of, listed_items
from programmes.domain.queries import get_programme_for, or_404
from programmes.forms.handbook import FieldsForm, add_problems, item_values
from programmes.models import HandbookEdit, Programme
from programmes.views.frame import posted, programme_frame, to


def editable(request: HttpRequest, slug: str) -> Programme:
    """A programme whose handbook this person may change."""
    found = get_programme_for(request.user, slug)
    require(request, "programmes.change_programme", found)
    return found


def say_changed(request: HttpRequest, programme: Programme, edit: HandbookEdit | None) -> None:
    """Say on the next page what became of a change, with the way back."""
    if edit is None:
        messages.info(request, _("Nothing was changed."))
        return
    done_with_undo(request, _("The change holds from now on."), to(request, "undo_edit", programme.slug, edit.pk))


def base_of(request: HttpRequest, stands: Any) -> str:
    """The fingerprint of what a change started from: the form's own, or that of what stands now for a fresh form."""
    data = posted(request)
    return data.get("base", "") if data is not None else fingerprint(stands)


def stale_words() -> str:
    """What to say when somebody else was faster."""
    return _(
        "Somebody else changed this while you were writing. Nothing was overwritten: below stands how it reads now. "
        "Save again to put yours in its place."
    )


@access(Access.MEMBER)
@require_safe
def overview(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """Every part of the handbook that can be changed, and what was changed last."""
    found = editable(request, programme)
    parts = [{"part": part, "count": len(items_of(found, part))} for part in LISTS]
    context = programme_frame(request, found) | {"parts": parts, "texts": TEXTS, "edits": edits_of(found)[:8]}
    return render(request, "programmes/handbook/overview.html", context)


@access(Access.MEMBER)
@require_safe
def items(request: HttpRequest, organisation: str, programme: str, part: str) -> HttpResponse:
    """The items of one part, with what differs from the kit."""
    found, spec = editable(request, programme), or_404(list_part(part))
    context = _frame(request, found, spec) | {
        "items": listed_items(found, spec),
        "removed": changes_of(original_of(found, spec.name), items_of(found, spec), spec).removed,
    }
    return render(request, "programmes/handbook/items.html", context)


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, organisation: str, programme: str, part: str, key: str) -> HttpResponse:
    """Change one item. A change that came too late overwrites nothing and shows what stands now."""
    found, spec = editable(request, programme), or_404(list_part(part))
    stands = or_404(item_of(found, spec, key))
    form = FieldsForm(posted(request), shape=spec.fields, initial=item_values(spec, stands))
    base, current = base_of(request, stands), None
    if request.method == "POST" and form.is_valid():
        try:
            edit = change_item(
                programme=found,
                part=spec,
                key=key,
                values=form.cleaned_data,
                base=base,
                actor=request.user,
            )
        except NotSound as fault:
            add_problems(form, fault)
        except StaleEdit as stale:
            current = stale.current
            base = fingerprint(current)
            form.add_error(None, stale_words())
        else:
            say_changed(request, found, edit)
            return redirect(to(request, "handbook_items", found.slug, spec.slug))
    context = _frame(request, found, spec, inside=True) | {
        "form": form,
        "base": base,
        "item": stands,
        "title": stands[spec.shown],
        "current": current and item_values(spec, current),
        "key": key,
    }
    return render(request, "programmes/handbook/item.html", context)


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, organisation: str, programme: str, part: str) -> HttpResponse:
    """Add an item of the programme's own."""
    found, spec = editable(request, programme), or_404(list_part(part))
    if not spec.grows:
        or_404(None)
    form = FieldsForm(posted(request), shape=spec.fields)
    if request.method == "POST" and form.is_valid():
        try:
            edit = add_item(programme=found, part=spec, values=form.cleaned_data, actor=request.user)
        except NotSound as fault:
            add_problems(form, fault)
        else:
            say_changed(request, found, edit)
            return redirect(to(request, "handbook_items", found.slug, spec.slug))
    return render(request, "programmes/handbook/add.html", _frame(request, found, spec, inside=True) | {"form": form})


@access(Access.MEMBER)
@require_POST
def remove(request: HttpRequest, organisation: str, programme: str, part: str, key: str) -> HttpResponse:
    """Take an item out, with the way back."""
    found, spec = editable(request, programme), or_404(list_part(part))
    if not spec.grows:
        or_404(None)
    or_404(item_of(found, spec, key))
    try:
        say_changed(request, found, remove_item(programme=found, part=spec, key=key, actor=request.user))
    except NotSound as fault:
        messages.error(request, _("This cannot be taken out: %(reason)s") % {"reason": str(fault)})
    return redirect(to(request, "handbook_items", found.slug, spec.slug))


@access(Access.MEMBER)
@require_POST
def undo(request: HttpRequest, organisation: str, programme: str, edit: Any) -> HttpResponse:
    """Put back what stood before a change."""
    found = editable(request, programme)
    try:
        undo_edit(edit=get_edit_of(found, edit), actor=request.user)
    except StaleEdit:
        messages.error(request, _("This part was changed again since. Take back the later change first."))
    except NotSound as fault:
        messages.error(request, _("This cannot be taken back any more: %(reason)s") % {"reason": str(fault)})
    else:
        messages.success(request, _("It reads as before."))
    return redirect(to(request, "handbook", found.slug))


def _frame(request: HttpRequest, programme: Programme, spec: ListPart, *, inside: bool = False) -> dict[str, Any]:
    trail = [(_("Handbook"), to(request, "handbook", programme.slug))]
    if inside:
        trail.append((str(spec.title), to(request, "handbook_items", programme.slug, spec.slug)))
    return programme_frame(request, programme, *trail) | {"part": spec, "address_of": address_of}
