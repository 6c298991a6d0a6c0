"""The first letter to the partner."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentoring.tenancy.access import Access, access
from pairs.domain.dating import CannotDate
from pairs.domain.introduction import MissingPlace, last_letter, send_introduction, suggested_letter
from pairs.domain.session_states import WrongState
from pairs.forms.introduction import IntroductionForm
from pairs.models import Pairing, Schedule, Session
from pairs.views.common import myself, own_pairing, to


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def introduction(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """Write the letter, with a first date and link, and send it."""
    found = own_pairing(request, pairing, "pairs.introduce")
    people, person = myself(request, found)
    first = Session.objects.get(pairing=found, number=1, part=0)
    subject, text = suggested_letter(found, person, people.across(person))
    data = request.POST if request.method == "POST" else None
    schedule = Schedule.objects.get(pairing=found)
    form = IntroductionForm(
        data, zone=person.zone, session=first, subject=subject, text=text, after=last_letter(schedule)
    )
    if request.method == "POST" and form.is_valid() and _send(request, found, form):
        told = _("Your letter is on its way to %(name)s.")
        messages.success(request, told % {"name": people.across(person).short_name})
        return to(request, "pairs:home")
    context = {
        "pairing": found,
        "form": form,
        "person": person,
        "readers": people.across(person),
        "schedule": schedule,
    }
    return render(request, "pairs/introduction/write.html", context, status=422 if form.is_bound else 200)


def _send(request: HttpRequest, pairing: Pairing, form: IntroductionForm) -> bool:
    values = form.cleaned_data
    try:
        send_introduction(
            pairing=pairing,
            subject=values["subject"],
            text=values["text"],
            starts_at=form.chosen.at if form.chosen else None,
            link=values["link"],
            show_address=values["show_address"],
            zone=form.zone,
            actor=request.user,
            after=values["after"],
        )
    except MissingPlace as missing:
        form.refuse_places(missing.places)
        return False
    except CannotDate as refused:
        form.refuse(refused.faults)
        return False
    except WrongState:
        form.add_error(None, _("The first session has changed meanwhile. Look at its date below and send again."))
        return False
    return True
