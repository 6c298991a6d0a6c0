"""A programme's handbook: its parts, and changing an item of a list."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.accounts.kept_post import keeps_posts
from mentoring.tenancy.access import Access, access
from programmes.domain.handbook.beginning import first_steps
from programmes.domain.handbook.choosing import names_for
from programmes.domain.handbook.editing import original_of
from programmes.domain.handbook.items import (
    add_item,
    address_of,
    change_item,
    item_of,
    items_of,
    move_item,
    remove_item,
)
from programmes.domain.handbook.measures import INDICATORS, figures_of
from programmes.domain.handbook.parts import LISTS, TEXTS, ListPart, list_part
from programmes.domain.handbook.previews import preview_reminder
from programmes.domain.handbook.reading import changes_of, edits_of, listed_items, title_in, words_of
from programmes.domain.queries import or_404
from programmes.forms.handbook_parts import FieldsForm
from programmes.models import Programme
from programmes.views.frame import posted, programme_frame, to
from programmes.views.handbook_saving import after_press, base_of, editable, say_changed, seen_in, try_change

GROUPS = (
    ("about", gettext_lazy("The programme")),
    ("course", gettext_lazy("The way of a pair")),
    ("agreement", gettext_lazy("The agreement")),
    ("sending", gettext_lazy("What goes out")),
    ("reading", gettext_lazy("To read and look up")),
    ("rooms", gettext_lazy("What else the programme offers")),
)
"""The headings of the handbook's page."""
PREVIEW = "preview"
"""The button that shows a reminder as somebody would get it, and saves nothing."""
WAYS = {"up": -1, "down": 1}


@access(Access.MEMBER)
@require_safe
def overview(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """Every part of the handbook that can be changed, and what was changed last."""
    found = editable(request, programme)
    groups = [
        {
            "key": key,
            "title": title,
            "texts": [one for one in TEXTS if one.group == key],
            "parts": [{"part": part, "count": len(items_of(found, part))} for part in LISTS if part.group == key],
        }
        for key, title in GROUPS
    ]
    context = programme_frame(request, found) | {
        "groups": groups,
        "edits": edits_of(found)[:6],
        "steps": first_steps(found),
    }
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
    form = FieldsForm(posted(request), shape=spec.fields, handbook=found.handbook, initial=stands)
    context = _frame(request, found, spec, inside=True) | {"form": form, "base": base_of(request, stands), "key": key}
    context |= {"title": title_in(found, spec, stands), "preview": _preview(request, found, spec, form)}
    context |= {"figures": figures_of(found, key) if spec.name == INDICATORS else []}
    if _is_saved(request, form):
        tried = try_change(
            form,
            lambda: change_item(
                programme=found, part=spec, key=key, values=form.cleaned_data, base=context["base"],
                actor=request.user, seen=seen_in(request),
            ),
        )  # fmt: skip
        if tried.done:
            say_changed(request, found, tried.edit)
            return redirect(to(request, "handbook_items", found.slug, spec.slug))
        context |= tried.context | {"current": _facts(found, spec, tried.current)}
    return render(request, "programmes/handbook/item.html", context)


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, organisation: str, programme: str, part: str) -> HttpResponse:
    """Add an item of the programme's own."""
    found, spec = editable(request, programme), _growing(part)
    form = FieldsForm(posted(request), shape=spec.fields, handbook=found.handbook)
    context = _frame(request, found, spec, inside=True) | {"form": form}
    context |= {"preview": _preview(request, found, spec, form)}
    if _is_saved(request, form):
        tried = try_change(
            form,
            lambda: add_item(
                programme=found, part=spec, values=form.cleaned_data, actor=request.user, seen=seen_in(request)
            ),
        )
        if tried.done:
            say_changed(request, found, tried.edit)
            return redirect(_after_adding(request, found, spec))
        context |= tried.context
    return render(request, "programmes/handbook/add.html", context)


@access(Access.MEMBER)
@require_POST
def remove(request: HttpRequest, organisation: str, programme: str, part: str, key: str) -> HttpResponse:
    """Take an item out, with the way back."""
    found, spec = editable(request, programme), _growing(part)
    stands = or_404(item_of(found, spec, key))
    return after_press(
        request,
        found,
        lambda seen: remove_item(programme=found, part=spec, key=key, actor=request.user, seen=seen),
        to(request, "handbook_items", found.slug, spec.slug),
        title=_("Take out “%(name)s”?") % {"name": title_in(found, spec, stands)[:80]},
        refused=_("This cannot be taken out:"),
    )


@access(Access.MEMBER)
@require_POST
def move(request: HttpRequest, organisation: str, programme: str, part: str, key: str, way: str) -> HttpResponse:
    """Move an item up or down its list."""
    found, spec = editable(request, programme), or_404(list_part(part))
    stands = or_404(item_of(found, spec, key))
    if not spec.moves or way not in WAYS:
        raise Http404
    return after_press(
        request,
        found,
        lambda seen: move_item(programme=found, part=spec, key=key, by=WAYS[way], actor=request.user, seen=seen),
        to(request, "handbook_items", found.slug, spec.slug),
        title=_("Move “%(name)s”?") % {"name": title_in(found, spec, stands)[:80]},
        refused=_("This cannot be moved:"),
    )


def _after_adding(request: HttpRequest, programme: Programme, spec: ListPart) -> str:
    """The list; the page of what was added, where more about it is chosen there."""
    if spec.name != INDICATORS:
        return to(request, "handbook_items", programme.slug, spec.slug)
    return to(request, "edit_item", programme.slug, spec.slug, items_of(programme, spec)[-1][spec.key])


def _growing(slug: str) -> ListPart:
    spec = or_404(list_part(slug))
    return spec if spec.grows else or_404(None)


def _is_saved(request: HttpRequest, form: FieldsForm) -> bool:
    asked = request.method == "POST" and PREVIEW not in request.POST and not form.wants_more
    return asked and form.is_valid()


def _facts(programme: Programme, spec: ListPart, item: dict[str, Any] | None) -> list[tuple[Any, str]] | None:
    """How an item reads now, for who came too late."""
    if item is None:
        return None
    names = names_for(programme.handbook, spec.fields)
    return [(field.label, words_of(item.get(field.name), field, names)) for field in spec.fields]


def _preview(request: HttpRequest, programme: Programme, spec: ListPart, form: FieldsForm) -> Any:
    if spec.name != "reminders" or PREVIEW not in request.POST:
        return None
    said = {name: request.POST.get(name, "") for name in ("owes", "subject", "text")}
    return preview_reminder(programme=programme, reader=request.user, **said)


def _frame(request: HttpRequest, programme: Programme, spec: ListPart, *, inside: bool = False) -> dict[str, Any]:
    trail = [(_("Handbook"), to(request, "handbook", programme.slug))]
    if inside:
        trail.append((str(spec.title), to(request, "handbook_items", programme.slug, spec.slug)))
    return programme_frame(request, programme, *trail) | {"part": spec, "address_of": address_of}
