"""The plan, and things that belong together."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentoring.accounts.kept_post import keeps_posts
from mentoring.tenancy.access import Access, access
from programmes.domain.handbook.choosing import names_for
from programmes.domain.handbook.course import sessions_without_page
from programmes.domain.handbook.editing import change_part, original_of
from programmes.domain.handbook.fields import TextsPart
from programmes.domain.handbook.parts import PLAN, texts_part, value_at
from programmes.domain.handbook.putting import put
from programmes.domain.handbook.reading import words_of
from programmes.domain.queries import or_404
from programmes.forms.handbook import PlanForm, SliceFormSet, slices_of
from programmes.forms.handbook_parts import FieldsForm
from programmes.models import Programme
from programmes.views.frame import posted, programme_frame, to
from programmes.views.handbook_saving import base_of, editable, say_changed, seen_in, try_change


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """Months, sessions, models, meetings and their parts. Ways of meeting have a page of their own."""
    found = editable(request, programme)
    stands = value_at(found.handbook.content, PLAN)
    form = PlanForm(posted(request), initial=PlanForm.initial_of(stands))
    slices = SliceFormSet(posted(request), prefix="slices", initial=stands["meeting"]["slices"])
    context = _frame(request, found) | {
        "form": form,
        "slices": slices,
        "base": base_of(request, stands),
        "ways": stands["platforms"],
        "undescribed": sessions_without_page(found.handbook.content),
    }
    if request.method == "POST" and form.is_valid() and slices.is_valid():
        value = form.value_of(stands, slices_of(slices, stands["meeting"]["slices"]))
        tried = try_change(
            form,
            lambda: change_part(
                programme=found, part=PLAN, value=value, base=context["base"], actor=request.user, seen=seen_in(request)
            ),
        )
        if tried.done:
            say_changed(request, found, tried.edit)
            return redirect(to(request, "handbook", found.slug))
        context |= tried.context
    return render(request, "programmes/handbook/plan.html", context)


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def texts(request: HttpRequest, organisation: str, programme: str, part: str) -> HttpResponse:
    """Some things that belong together, beside how the kit has them."""
    found, spec = editable(request, programme), or_404(texts_part(part))
    stands = value_at(found.handbook.content, spec.name)
    form = FieldsForm(posted(request), shape=spec.fields, handbook=found.handbook, initial=stands)
    context = _frame(request, found) | {"form": form, "base": base_of(request, stands), "part": spec}
    if request.method == "POST" and not form.wants_more and form.is_valid():
        value = {**stands, **put(spec.fields, stands, form.cleaned_data)}
        tried = try_change(
            form,
            lambda: change_part(
                programme=found, part=spec.name, value=value, base=context["base"], actor=request.user,
                seen=seen_in(request),
            ),
        )  # fmt: skip
        if tried.done:
            say_changed(request, found, tried.edit)
            return redirect(to(request, "handbook", found.slug))
        context |= tried.context
    context["changed"] = _kits_own(found, spec, stands)
    return render(request, "programmes/handbook/texts.html", context)


def _kits_own(programme: Programme, spec: TextsPart, stands: dict[str, Any]) -> list[tuple[Any, str]]:
    """What was changed, as the kit has it."""
    original, names = original_of(programme, spec.name), names_for(programme.handbook, spec.fields)
    changed = [field for field in spec.fields if original[field.name] != stands[field.name]]
    return [(field.label, words_of(original[field.name], field, names)) for field in changed]


def _frame(request: HttpRequest, programme: Programme) -> dict[str, Any]:
    return programme_frame(request, programme, (_("Handbook"), to(request, "handbook", programme.slug)))
