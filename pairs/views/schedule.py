"""Planning the dates of all sessions in one form."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentoring.tenancy.access import Access, access
from mentoring.ui import dates
from mentoring.ui.zones import city
from pairs.domain.dating import CannotDate
from pairs.domain.entries import session_title
from pairs.domain.people import People, Person
from pairs.domain.person import is_zone
from pairs.domain.schedule import StaleSchedule, numbered, save_schedule
from pairs.domain.timings import length_remark, remarks_on, times_away
from pairs.forms.schedule import ScheduleForm
from pairs.models import Pairing, Schedule
from pairs.views.common import myself, own_pairing, to
from templates_app.domain.kits import kit_of


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def schedule(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """Show the form, fill it from a recurring slot, or save it."""
    found = own_pairing(request, pairing, "pairs.plan_sessions")
    _people, person = myself(request, found)
    form = _form(request, found, person)
    if request.method == "POST" and "fill" in request.POST:
        values = form.filled()
        if values is None:
            messages.info(
                request, _("Enter day and time of the first session and choose how often you meet: the others follow.")
            )
        else:
            form = _form(request, found, person, initial=values)
    elif request.method == "POST" and form.is_valid() and _save(request, found, form):
        return to(request, "pairs:sessions", found.pk)
    return _page(request, found, form, status=422 if form.is_bound and form.errors else 200)


def _form(
    request: HttpRequest, pairing: Pairing, person: Person, initial: dict[str, object] | None = None
) -> ScheduleForm:
    return ScheduleForm(
        request.POST if request.method == "POST" and initial is None else None,
        plan=kit_of(pairing.cohort.programme.handbook).plan,
        schedule=Schedule.objects.get(pairing=pairing),
        sessions=numbered(pairing),
        zone=person.zone,
        initial=initial,
    )


def _save(request: HttpRequest, pairing: Pairing, form: ScheduleForm) -> bool:
    values = {"facts": form.facts, "starts": form.starts, "zone": form.zone, "seen": form.cleaned_data["seen"]}
    try:
        save_schedule(pairing=pairing, actor=request.user, **values)
    except CannotDate as refused:
        form.refuse(refused.faults)
        return False
    except StaleSchedule:
        form.add_error(None, _stale_words(form))
        form.go_on_top()
        return False
    messages.success(request, _("The dates are saved."))
    for number in form.twice:
        messages.info(
            request,
            _("Session %(number)d: the clocks go back that day and show this time twice. The first one is meant.")
            % {"number": number},
        )
    return True


def _stale_words(form: ScheduleForm) -> str:
    """What the partner has saved meanwhile, and what saving once more would do."""
    dated = [row for row in form.sessions if row.starts_at is not None]
    told = "; ".join(f"{row.number}: {dates.moment(row.starts_at, form.zone)}" for row in dated)
    words = _(
        "Somebody else changed the dates while you were writing. They stand like this now: %(dates)s. What you entered is "
        "still here and not saved; save again to put it in their place."
    )
    return words % {"dates": told or _("none")}


def _page(request: HttpRequest, pairing: Pairing, form: ScheduleForm, *, status: int) -> HttpResponse:
    people, person = myself(request, pairing)
    kit = kit_of(pairing.cohort.programme.handbook)
    others = people.others(person)
    context = {
        "pairing": pairing,
        "form": form,
        "rows": _rows(form, pairing, people, person),
        "partners": others,
        "zone_city": city(person.zone),
        "zone_unknown": not is_zone(request.user.zone),
        "length_remark": length_remark(form.shown_minutes, kit.plan),
        "away": times_away(people),
        "cohort_span": dates.span(pairing.cohort.starts_on, pairing.cohort.ends_on),
    }
    return render(request, "pairs/sessions/schedule.html", context, status=status)


def _rows(form: ScheduleForm, pairing: Pairing, people: People, person: Person) -> list[dict[str, Any]]:
    """The form's rows with what each date is for the others, and what there is to say about it."""
    kit = kit_of(pairing.cohort.programme.handbook)
    others = people.others(person)
    remarks = remarks_on(pairing, form.as_chosen(), people, kit.plan, None)
    rows = form.rows()
    for row in rows:
        at, session = row["at"], row["session"]
        row["title"] = session_title(kit, session)
        row["own"] = dates.moment(at, person.zone) if at else ""
        row["elsewhere"] = others.clocks(at, person.zone) if at else ""
        row["remarks"] = [one for one in remarks if one.number == session.number and one.code != "length"]
    return rows
