"""What an indicator is reckoned from: one figure of it at a time, chosen in steps."""

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mentoring.accounts.kept_post import keeps_posts
from mentoring.tenancy.access import Access, access
from programmes.domain.handbook.measure_said import shown
from programmes.domain.handbook.measure_shape import compared, shape_of
from programmes.domain.handbook.measure_ways import WAYS, Way, way_of
from programmes.domain.handbook.measures import (
    INDICATORS,
    indicator_of,
    keep_measure,
    measure_of,
    move_measure,
    remove_measure,
    stands,
)
from programmes.domain.handbook.measuring import ASKS_ABOUT, Subject, subjects_for, subjects_of
from programmes.domain.handbook.parts import list_part
from programmes.domain.queries import or_404
from programmes.forms.handbook_measure import MeasureForm
from programmes.models import Programme
from programmes.views.frame import posted, programme_frame, to
from programmes.views.handbook_saving import after_press, base_of, editable, say_changed, seen_in, try_change
from templates_app.domain.kits import whole_kit
from templates_app.shapes import Indicator, Kit, Measure, Reckoning

STEPS = {"up": -1, "down": 1}
OUT = "out"


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, organisation: str, programme: str, key: str) -> HttpResponse:
    """Add a figure: first how it is reckoned, then what of, then what counts."""
    found = editable(request, programme)
    return _page(request, found, or_404(indicator_of(found, key)), None)


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, organisation: str, programme: str, key: str, measure: str) -> HttpResponse:
    """Change a figure, or have it reckoned in another way."""
    found = editable(request, programme)
    indicator = or_404(indicator_of(found, key))
    return _page(request, found, indicator, or_404(measure_of(indicator, measure)))


@access(Access.MEMBER)
@require_POST
def step(request: HttpRequest, organisation: str, programme: str, key: str, measure: str, way: str) -> HttpResponse:
    """Move a figure up or down, or take it out."""
    found = editable(request, programme)
    one = or_404(measure_of(or_404(indicator_of(found, key)), measure))
    told = {"programme": found, "indicator": key, "key": measure, "actor": request.user}
    here = to(request, "edit_item", found.slug, INDICATORS, key)
    if way == OUT:
        return after_press(
            request, found, lambda seen: remove_measure(**told, seen=seen), here,
            title=_("Take out “%(name)s”?") % {"name": one.title[:80]}, refused=_("This cannot be taken out:"),
        )  # fmt: skip
    if way not in STEPS:
        raise Http404
    return after_press(
        request, found, lambda seen: move_measure(**told, by=STEPS[way], seen=seen), here,
        title=_("Move “%(name)s”?") % {"name": one.title[:80]}, refused=_("This cannot be moved:"),
    )  # fmt: skip


def _page(request: HttpRequest, programme: Programme, indicator: Indicator, own: Measure | None) -> HttpResponse:
    kit = whole_kit(programme.handbook)
    context = _frame(request, programme, indicator) | {"own": own, "indicator": indicator}
    way, about = _chosen(request, kit, own)
    if way is None:
        return _draw(request, context | {"families": _families(kit, indicator, own)})
    context["way"] = way
    if not about and way.reckon in ASKS_ABOUT:
        offered = subjects_for(kit, way.reckon)
        return _draw(request, context | {"offered": offered, "several": way.reckon is Reckoning.TOGETHER})
    context["about"] = about
    shape = shape_of(kit, indicator, way.reckon, about, own.key if own else "")
    form = MeasureForm(
        posted(request), shape=shape, handbook=programme.handbook, reckon=way.reckon, about=about,
        initial=_initial(own, way, about, kit),
    )  # fmt: skip
    before = stands(programme, indicator.key, own.key) if own else None
    context |= {"chosen": "reckon" in _said(request)}
    context |= {"form": form, "base": base_of(request, before) if own else ""}
    if request.method == "POST" and not form.wants_more and form.is_valid():
        tried = try_change(
            form,
            lambda: keep_measure(
                programme=programme, indicator=indicator.key, key=own.key if own else "", measure=form.measure(),
                base=context["base"], actor=request.user, seen=seen_in(request),
            ),
        )  # fmt: skip
        if tried.done:
            say_changed(request, programme, tried.edit)
            return redirect(to(request, "edit_item", programme.slug, INDICATORS, indicator.key))
        context |= tried.context
    return _draw(request, context)


def _draw(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    return render(request, "programmes/handbook/measure.html", context)


def _chosen(request: HttpRequest, kit: Kit, own: Measure | None) -> tuple[Way | None, list[Subject]]:
    """How it is reckoned and what of: as the address says, or else as it stands. What there is no choice of is chosen."""
    said = _said(request)
    if own is not None and "reckon" not in said:
        return way_of(own.reckon), subjects_of(kit, own)
    way = way_of(said.get("reckon", ""))
    if way is None or way.reckon not in ASKS_ABOUT:
        return way, []
    offered, named = subjects_for(kit, way.reckon), said.getlist("of")
    chosen = [one for one in offered if one.name in named]
    if way.reckon is Reckoning.TOGETHER:
        return way, chosen
    return way, chosen[:1] or (offered if len(offered) == 1 else [])


def _said(request: HttpRequest) -> QueryDict:
    """Where it is said how it is to be reckoned: the address, or the form, which is kept without its address while one signs
    in again.
    """
    data = posted(request)
    return data if data is not None and "reckon" in data else request.GET


def _initial(own: Measure | None, way: Way, about: list[Subject], kit: Kit) -> dict[str, Any]:
    """What stands; where it is to be reckoned of something else, its title alone."""
    if own is None:
        return {}
    same = own.reckon is way.reckon and [one.name for one in about] == [one.name for one in subjects_of(kit, own)]
    return shown(own) if same else {"title": own.title}


def _families(kit: Kit, indicator: Indicator, own: Measure | None) -> list[tuple[Any, list[tuple[Way, bool]]]]:
    """The ways of reckoning under their headings, each with whether this handbook has what it needs."""
    possible = [(way, _is_possible(kit, indicator, own, way)) for way in WAYS]
    return [(family, list(ways)) for family, ways in groupby(possible, key=lambda one: one[0].family)]


def _is_possible(kit: Kit, indicator: Indicator, own: Measure | None, way: Way) -> bool:
    if way.reckon is Reckoning.GAP:
        return len(compared(indicator, own.key if own else "")) > 1
    if way.reckon is Reckoning.REQUESTS:
        return any(sheet.belongs == "pair" and not sheet.is_of_programme for sheet in kit.worksheets)
    return way.reckon not in ASKS_ABOUT or bool(subjects_for(kit, way.reckon))


def _frame(request: HttpRequest, programme: Programme, indicator: Indicator) -> dict[str, Any]:
    part = or_404(list_part(INDICATORS))
    trail = [
        (_("Handbook"), to(request, "handbook", programme.slug)),
        (str(part.title), to(request, "handbook_items", programme.slug, INDICATORS)),
        (indicator.title, to(request, "edit_item", programme.slug, INDICATORS, indicator.key)),
    ]
    return programme_frame(request, programme, *trail)
