"""Sending material to people of a cohort, and seeing that it arrived."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from mentoring.accounts.kept_post import forget_kept_posts, keeps_posts
from mentoring.tenancy.access import Access, access, require
from programmes.domain.finding import joined_people
from programmes.domain.materials import count_deliveries, deliveries_of, materials_of, send_material
from programmes.domain.queries import get_cohort_for
from programmes.forms.sending import MaterialForm
from programmes.models import Cohort, Mailing
from programmes.views.frame import cohort_frame, posted, to
from templates_app.domain.kits import kit_of

PAGE = 20


@access(Access.MEMBER)
@require_safe
def materials(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """What was sent, each with how many messages arrived."""
    found = _mine(request, programme, cohort)
    page = Paginator(Mailing.objects.filter(cohort=found).select_related("sender"), PAGE).get_page(
        request.GET.get("page")
    )
    counts = count_deliveries(page.object_list)
    listed = [(mailing, counts[mailing.pk]) for mailing in page.object_list]
    context = cohort_frame(request, found) | {"page": page, "listed": listed}
    return render(request, "programmes/material/list.html", context)


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """Choose what to send, to whom, with which words."""
    found = _mine(request, programme, cohort)
    form = MaterialForm(
        posted(request),
        joined=joined_people(request.user, found),
        materials=materials_of(found),
        initial=_suggested(found),
    )
    if request.method == "POST" and form.is_valid():
        people = form.chosen()
        send_material(
            cohort=found,
            people=people,
            materials=form.chosen_materials(),
            subject=form.cleaned_data["subject"],
            words=form.cleaned_data["words"],
            actor=request.user,
        )
        forget_kept_posts(request)
        words = ngettext("On its way to %(count)d person.", "On its way to %(count)d people.", len(people))
        messages.success(request, words % {"count": len(people)})
        return redirect(to(request, "materials", found.programme.slug, found.slug))
    return render(request, "programmes/material/send.html", _inside(request, found) | {"form": form})


@access(Access.MEMBER)
@require_safe
def mailing(request: HttpRequest, organisation: str, programme: str, cohort: str, mailing: UUID) -> HttpResponse:
    """Who got it, and how each message stands."""
    found = _mine(request, programme, cohort)
    row = get_object_or_404(Mailing.objects.select_related("sender", "cohort"), cohort=found, pk=mailing)
    page = Paginator(deliveries_of(row), 50).get_page(request.GET.get("page"))
    context = _inside(request, found) | {"mailing": row, "page": page}
    return render(request, "programmes/material/detail.html", context)


def _mine(request: HttpRequest, programme: str, cohort: str) -> Cohort:
    found = get_cohort_for(request.user, programme, cohort)
    require(request, "programmes.change_programme", found)
    return found


def _inside(request: HttpRequest, cohort: Cohort) -> dict[str, Any]:
    return cohort_frame(request, cohort, (_("Material"), to(request, "materials", cohort.programme.slug, cohort.slug)))


def _suggested(cohort: Cohort) -> dict[str, Any]:
    """A subject to start from: the handbook's own for a coordinator's first message, where it has one."""
    kit = kit_of(cohort.programme.handbook)
    first = next((one for one in kit.messages if one.sender == "coordinator"), None)
    return {"subject": first.subject.replace("{programme}", cohort.programme.title)} if first else {}
