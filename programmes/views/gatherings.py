"""Events of a cohort: for those who plan them, and for the guests."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring import clock
from mentoring.accounts.kept_post import keeps_posts
from mentoring.tenancy.access import Access, access, require
from mentoring.ui.charts import Chart, Series
from programmes.domain.event_feedback import (
    SCALE,
    HowItWas,
    NotAsked,
    asked_of,
    how_it_was_for,
    is_asked,
    say_how_it_was,
)
from programmes.domain.finding import joined_people
from programmes.domain.gatherings import (
    GatheringOver,
    cancel_gathering,
    change_gathering,
    kinds_of,
    plan_gathering,
)
from programmes.domain.places import (
    NotBegun,
    NotInvited,
    gatherings_open_to,
    note_attendance,
    place_at,
    say_whether_one_comes,
)
from programmes.domain.queries import get_cohort_for, or_404, own_participations
from programmes.domain.training.standing import modules_of
from programmes.enums import GuestAnswer
from programmes.forms.sending import GatheringForm, HowItWasForm
from programmes.models import Cohort, Gathering, Guest, Participant
from programmes.views.frame import cohort_frame, posted, to
from templates_app.domain.counting import SMALLEST_GROUP

PAGE = 20
FIELDS = ("title", "text", "starts_at", "minutes", "zone", "place", "kind", "places", "is_open", "module", "asks")


@access(Access.MEMBER)
@require_safe
def gatherings(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """The events of a cohort with how many come."""
    found = _mine(request, programme, cohort)
    coming = Count("guests", filter=Q(guests__answer=GuestAnswer.COMING))
    rows = (
        Gathering.objects.filter(cohort=found).annotate(invited=Count("guests"), coming=coming).order_by("-starts_at")
    )
    context = cohort_frame(request, found) | {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "now": clock.now(),
    }
    return render(request, "programmes/gathering/list.html", context)


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """Plan an event and invite people to it."""
    found = _mine(request, programme, cohort)
    form = _form(request, found, {"zone": request.user.zone})
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in FIELDS}
        gathering = plan_gathering(cohort=found, people=form.chosen(), actor=request.user, **values)
        messages.success(request, _("The event is planned, and the invitations are on their way."))
        return redirect(to(request, "gathering", found.programme.slug, found.slug, gathering.pk))
    return render(request, "programmes/gathering/create.html", _inside(request, found) | {"form": form})


@access(Access.MEMBER)
@require_safe
def gathering(request: HttpRequest, organisation: str, programme: str, cohort: str, gathering: UUID) -> HttpResponse:
    """An event with its guests and their answers."""
    found = _mine(request, programme, cohort)
    row = get_object_or_404(Gathering.objects.select_related("cohort"), cohort=found, pk=gathering)
    result = how_it_was_for(request.user, row)
    guests = row.guests.select_related("participant").order_by("participant__family_name", "participant__given_name")
    context = _inside(request, found) | {
        "gathering": row,
        "guests": guests,
        "is_over": row.starts_at <= clock.now(),
        "module": next((one.title for one in modules_of(found.programme) if one.key == row.module), ""),
        "how_it_was": result,
        "chart": _chart(result),
    }
    return render(request, "programmes/gathering/detail.html", context)


def _chart(result: HowItWas | None) -> Chart | None:
    """How many chose what, from the most to the least useful; nothing while it is not shown."""
    if result is None or result.figures is None:
        return None
    return Chart(
        _("How useful it was"),
        _("How many of those who answered chose what."),
        [str(label) for label in reversed(SCALE.values())],
        [Series(_("Answers"), result.figures[::-1])],
    )


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, organisation: str, programme: str, cohort: str, gathering: UUID) -> HttpResponse:
    """Change an event; whom the form names in addition is invited too."""
    found = _mine(request, programme, cohort)
    row = get_object_or_404(Gathering.objects.select_related("cohort__programme"), cohort=found, pk=gathering)
    invited = [str(pk) for pk in row.guests.values_list("participant_id", flat=True)]
    initial = GatheringForm.initial_of(row) | {"who": "chosen", "people": invited}
    form = _form(request, found, initial)
    if request.method == "POST" and form.is_valid():
        try:
            values = {name: form.cleaned_data[name] for name in FIELDS}
            change_gathering(gathering=row, people=form.chosen(), actor=request.user, **values)
        except GatheringOver:
            form.add_error(None, _("This event is over or was called off. Plan a new one."))
        else:
            messages.success(request, _("The event is changed, and its guests are told."))
            return redirect(to(request, "gathering", found.programme.slug, found.slug, row.pk))
    return render(request, "programmes/gathering/edit.html", _inside(request, found) | {"form": form, "gathering": row})


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, organisation: str, programme: str, cohort: str, gathering: UUID) -> HttpResponse:
    """Call an event off, after saying whom that concerns."""
    found = _mine(request, programme, cohort)
    row = get_object_or_404(Gathering.objects.select_related("cohort__programme"), cohort=found, pk=gathering)
    if request.method == "POST":
        try:
            cancel_gathering(gathering=row, actor=request.user)
        except GatheringOver:
            messages.info(request, _("This event is over or was called off already."))
        else:
            messages.success(request, _("The event is called off, and taken out of the guests' calendars."))
        return redirect(to(request, "gatherings", found.programme.slug, found.slug))
    context = _inside(request, found) | {"gathering": row, "guests": row.guests.count()}
    return render(request, "programmes/gathering/cancel.html", context)


@access(Access.MEMBER)
@require_POST
def attendance(request: HttpRequest, organisation: str, programme: str, cohort: str, gathering: UUID) -> HttpResponse:
    """Note who was there."""
    found = _mine(request, programme, cohort)
    row = get_object_or_404(Gathering.objects.select_related("cohort__programme__handbook"), cohort=found, pk=gathering)
    ticked = set(request.POST.getlist("guest"))
    present = [guest.pk for guest in row.guests.all() if str(guest.pk) in ticked]
    try:
        count = note_attendance(gathering=row, present=present, actor=request.user)
    except (NotBegun, GatheringOver):
        messages.info(request, _("Who was there is noted once the event has begun."))
    else:
        messages.success(request, _("Noted: %(count)d were there.") % {"count": count})
    return redirect(to(request, "gathering", found.programme.slug, found.slug, row.pk))


# --- For those who come -------------------------------------------------------------------------------------------------


@access(Access.MEMBER)
@require_safe
def own(request: HttpRequest, organisation: str) -> HttpResponse:
    """The events one is invited to or may sign up for."""
    if not own_participations(request.user).exists():
        or_404(None)
    rows, now = list(gatherings_open_to(request.user).order_by("starts_at")), clock.now()
    context = {
        "coming": [row for row in rows if row.starts_at > now and row.cancelled_at is None],
        "past": [row for row in reversed(rows) if row.starts_at <= now][:10],
        "asked": asked_of(request.user),
    }
    return render(request, "programmes/gathering/own.html", context)


@access(Access.MEMBER)
@require_safe
def mine(request: HttpRequest, organisation: str, gathering: UUID) -> HttpResponse:
    """An event as a guest sees it, or somebody who may sign up."""
    row, _person, guest = _coming(request, gathering)
    taken = row.guests.filter(answer=GuestAnswer.COMING).count()
    context = {
        "gathering": row,
        "guest": guest,
        "is_asked": guest is not None and is_asked(guest),
        "is_over": row.starts_at <= clock.now(),
        "is_full": row.places is not None and taken >= row.places,
        "free": max(0, row.places - taken) if row.places is not None else None,
        "programme": row.cohort.programme,
    }
    return render(request, "programmes/gathering/mine.html", context)


@access(Access.MEMBER)
@require_POST
def answer(request: HttpRequest, organisation: str, gathering: UUID) -> HttpResponse:
    """Say whether one comes."""
    row, person, _guest = _coming(request, gathering)
    wanted = request.POST.get("answer", "")
    if wanted in {GuestAnswer.COMING, GuestAnswer.NOT_COMING}:
        try:
            guest = say_whether_one_comes(gathering=row, person=person, answer=wanted, actor=request.user)
        except GatheringOver:
            messages.info(request, _("This event is over or was called off."))
        else:
            messages.success(request, _answered(guest))
    return redirect(to(request, "my_gathering", row.pk))


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, organisation: str, gathering: UUID) -> HttpResponse:
    """Say how an event was at which one was."""
    row, _person, guest = _coming(request, gathering)
    if guest is None or not is_asked(guest):
        messages.info(request, _("There is nothing to say about this event, or you have said it."))
        return redirect(to(request, "my_gathering", row.pk))
    form = HowItWasForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            say_how_it_was(guest=guest, actor=request.user, **form.cleaned_data)
        except NotAsked:
            form.add_error(None, _("This was sent before, or the week is over. Write to a coordinator."))
        else:
            messages.success(request, _("Thank you. What you said has arrived."))
            return redirect(to(request, "my_gathering", row.pk))
    context = {"gathering": row, "form": form, "programme": row.cohort.programme, "fewest": SMALLEST_GROUP}
    return render(request, "programmes/gathering/feedback.html", context)


def _answered(guest: Guest) -> str:
    if guest.answer == GuestAnswer.WAITING:
        return _("All places are taken. You are on the waiting list, and told as soon as there is a place for you.")
    return _("Thank you, your answer is noted.")


def _form(request: HttpRequest, cohort: Cohort, initial: dict[str, Any]) -> GatheringForm:
    return GatheringForm(
        posted(request),
        joined=joined_people(request.user, cohort),
        modules=modules_of(cohort.programme),
        kinds=kinds_of(cohort.programme),
        initial=initial,
    )


def _mine(request: HttpRequest, programme: str, cohort: str) -> Cohort:
    found = get_cohort_for(request.user, programme, cohort)
    require(request, "programmes.change_programme", found)
    return found


def _coming(request: HttpRequest, gathering: UUID) -> tuple[Gathering, Participant, Guest | None]:
    row = get_object_or_404(gatherings_open_to(request.user), pk=gathering)
    try:
        person, guest = place_at(request.user, row)
    except NotInvited:
        or_404(None)
    return row, person, guest


def _inside(request: HttpRequest, cohort: Cohort) -> dict[str, Any]:
    return cohort_frame(request, cohort, (_("Events"), to(request, "gatherings", cohort.programme.slug, cohort.slug)))
