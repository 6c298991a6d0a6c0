"""The plan, and texts that belong together."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentoring.accounts.kept_post import keeps_posts
from mentoring.tenancy.access import Access, access
from programmes.domain.handbook.editing import NotSound, StaleEdit, change_part, original_of
from programmes.domain.handbook.parts import PLAN, fingerprint, texts_part, value_at
from programmes.domain.queries import or_404
from programmes.forms.handbook import FieldsForm, PlanForm, SliceFormSet, add_problems, slices_of
from programmes.models import Programme
from programmes.views.frame import posted, programme_frame, to
from programmes.views.handbook import base_of, editable, say_changed, stale_words


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """Months, sessions, meetings and their parts, platforms."""
    found = editable(request, programme)
    stands = value_at(found.handbook.content, PLAN)
    form = PlanForm(posted(request), initial=PlanForm.initial_of(stands))
    slices = SliceFormSet(posted(request), prefix="slices", initial=stands["meeting"]["slices"])
    base = base_of(request, stands)
    if request.method == "POST" and form.is_valid() and slices.is_valid():
        value = form.value_of(stands, slices_of(slices, stands["meeting"]["slices"]))
        try:
            edit = change_part(programme=found, part=PLAN, value=value, base=base, actor=request.user)
        except NotSound as fault:
            add_problems(form, fault)
        except StaleEdit as stale:
            base = fingerprint(stale.current)
            form.add_error(None, stale_words())
        else:
            say_changed(request, found, edit)
            return redirect(to(request, "handbook", found.slug))
    context = _frame(request, found) | {"form": form, "slices": slices, "base": base}
    return render(request, "programmes/handbook/plan.html", context)


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def texts(request: HttpRequest, organisation: str, programme: str, part: str) -> HttpResponse:
    """Some texts that belong together, beside how the kit has them."""
    found, spec = editable(request, programme), or_404(texts_part(part))
    stands = value_at(found.handbook.content, spec.name)
    form = FieldsForm(posted(request), shape=spec.fields, initial=stands)
    base = base_of(request, stands)
    if request.method == "POST" and form.is_valid():
        try:
            edit = change_part(programme=found, part=spec.name, value=form.cleaned_data, base=base, actor=request.user)
        except NotSound as fault:
            add_problems(form, fault)
        except StaleEdit as stale:
            base = fingerprint(stale.current)
            form.add_error(None, stale_words())
        else:
            say_changed(request, found, edit)
            return redirect(to(request, "handbook", found.slug))
    original = original_of(found, spec.name)
    changed = [
        (field.label, original[field.name]) for field in spec.fields if original[field.name] != stands[field.name]
    ]
    context = _frame(request, found) | {"form": form, "base": base, "changed": changed, "part": spec}
    return render(request, "programmes/handbook/texts.html", context)


def _frame(request: HttpRequest, programme: Programme) -> dict[str, Any]:
    return programme_frame(request, programme, (_("Handbook"), to(request, "handbook", programme.slug)))
