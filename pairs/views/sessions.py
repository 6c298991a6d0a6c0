"""All sessions of a pair: dates on both clocks, invitations, extra meetings, who holds the running duties."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from mentoring.tenancy.access import Access, access, may
from pairs.domain.alongside import adds_sessions
from pairs.domain.duties import NotTheirs, hand_over_duties
from pairs.domain.inviting import send_invitations, waiting_to_be_sent
from pairs.domain.meetings import meetings_of
from pairs.domain.next_date import named_date
from pairs.domain.places import dates_alone
from pairs.domain.queries import sessions_for
from pairs.domain.reading import reader_of
from pairs.domain.time_spent import time_spent
from pairs.domain.times_waiting import times_among
from pairs.domain.timings import fitting
from pairs.enums import SessionState
from pairs.models import Schedule
from pairs.views.common import myself, own_pairing, to
from templates_app.domain.kits import kit_of
from templates_app.shapes import Option


@access(Access.MEMBER)
@require_safe
def sessions(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """The list of sessions, with what can be done about them."""
    found = own_pairing(request, pairing)
    people, person = myself(request, found)
    schedule = Schedule.objects.get(pairing=found)
    rows = list(sessions_for(request.user, found))
    numbered = [row for row in rows if row.part == 0]
    plan = kit_of(found.cohort.programme.handbook).plan
    reader = reader_of(request.user, found)
    meetings = meetings_of(found, rows, people, person, schedule)
    context = {
        "pairing": found,
        "person": person,
        "partners": people.others(person),
        "meetings": meetings,
        "proposed": times_among(found, meetings, people, person) if person.is_here else [],
        "schedule": schedule,
        "frequency": option_label(plan.frequencies, schedule.frequency),
        "platform": schedule.platform_other or option_label(plan.platforms, schedule.platform),
        "remarks": fitting(rows, found.cohort, plan, schedule) if found.is_active else [],
        "held": sum(row.state == SessionState.HELD for row in numbered),
        "planned": len(numbered),
        "dated": sum(row.starts_at is not None for row in numbered),
        "unsent": waiting_to_be_sent(rows),
        "open_ended": adds_sessions(found),
        "spent": time_spent(reader, rows),
        "named": named_date(reader, rows),
        "manager_notice": dates_alone(rows, person.zone) if plan.manager_notice else "",
        "may_plan": may(request, "pairs.plan_sessions", found),
        "may_invite": may(request, "pairs.send_invitations", found),
        "holds_duties": schedule.running_duties == person.side,
        "duty_holders": people.side_in_words(schedule.running_duties),
        "across": people.across(person),
        "lead": people.lead,
    }
    return render(request, "pairs/sessions/list.html", context)


def option_label(options: Iterable[Option], key: str) -> str:
    """An option's words, or nothing."""
    return next((option.label for option in options if option.key == key), "")


@access(Access.MEMBER)
@require_POST
def invite(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """The mentor sends the calendar invitations."""
    found = own_pairing(request, pairing, "pairs.send_invitations")
    sent = send_invitations(pairing=found, actor=request.user)
    if sent:
        told = ngettext(
            "%(count)d invitation is on its way to everybody.",
            "%(count)d invitations are on their way to everybody.",
            len(sent),
        )
        messages.success(request, told % {"count": len(sent)})
    else:
        messages.info(request, _("There is nothing new to send: every date is in all calendars already."))
    return to(request, "pairs:sessions", found.pk)


@access(Access.MEMBER)
@require_POST
def hand_over(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """Whoever holds the running duties hands them to the partner."""
    found = own_pairing(request, pairing, "pairs.hand_over_duties")
    people, person = myself(request, found)
    try:
        hand_over_duties(pairing=found, actor=request.user)
    except NotTheirs:
        messages.info(request, _("The running duties are not yours at the moment."))
    else:
        told = _("%(name)s now looks after agenda, next date and reminders.")
        messages.success(request, told % {"name": people.across(person).short_name})
    return to(request, "pairs:sessions", found.pk)
