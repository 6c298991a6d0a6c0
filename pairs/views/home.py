"""The participant's home."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mentoring.tenancy.access import Access, access
from mentoring.ui.shapes import Choice
from pairs.domain.completing import end_to_decide
from pairs.domain.consent_changes import is_asked
from pairs.domain.home import home_of
from pairs.domain.people import Person, people_of
from pairs.domain.proposing.queries import asked_of
from pairs.domain.queries import own_pairings_for
from pairs.domain.rematching import last_part_of
from pairs.domain.sheets import is_at_will
from pairs.domain.signed_sheets.queries import waiting_sheets
from pairs.domain.waiting import waiting_for
from pairs.enums import PairingState
from pairs.models import Pairing
from pairs.views.lines import owed_records, page_url, stage_records
from programmes.domain.choosing.terms import asking_of
from programmes.domain.sheets import is_for
from programmes.domain.volunteering import page_for_finished


@access(Access.MEMBER)
@require_safe
def home(request: HttpRequest, organisation: str) -> HttpResponse:
    """What is next, when do we meet, what do I owe: for one pairing at a time, with the others one step away."""
    pairings = own_pairings_for(request.user)
    if not pairings:
        return _waiting(request)
    chosen = next((row for row in pairings if str(row.pk) == request.GET.get("pair")), pairings[0])
    page = home_of(request.user, chosen)
    context = {
        "page": page,
        "pairing": chosen,
        "asked": asked_of(request.user),
        "person": page.person,
        "asks_consent": is_asked(page.reader, page.person),
        "has_at_will": _goes_on(chosen, page.person)
        and any(is_at_will(page.reader, one) for one in page.reader.worksheets.values()),
        "has_own": any(is_for(sheet, page.person.participant) for sheet in page.reader.worksheets.values()),
        "has_phases": page.reader.kit.plan.phases is not None and not chosen.is_alongside,
        "recognised": page.reader.kit.recognition.offered,
        "introduces": page.reader.kit.introductions.offered and not chosen.is_peers,
        "shares_files": page.reader.kit.files.offered,
        "by_choice": asking_of(chosen.cohort) is not None,
        "others": _others(request, pairings, chosen),
        "completes": page.reader.kit.plan.closing.together,
        "end_to_decide": end_to_decide(chosen, page.person, page.reader.kit.plan.closing),
        "rematch": last_part_of(chosen, request.user) if page.reader.kit.plan.closing.rematch else None,
        "volunteer_url": page_for_finished(page.person.participant) if chosen.state == PairingState.COMPLETED else None,
        "step_url": page_url(request, page.step.page) if page.step else "",
        "to_sign": waiting_sheets(page.reader) if _goes_on(chosen, page.person) else [],
        "owed": owed_records(request, page.owed),
        "homework": owed_records(request, page.homework),
        "stages": stage_records(request, page.road),
    }
    template = "pairs/home/running.html" if _goes_on(chosen, page.person) else "pairs/home/finished.html"
    return render(request, template, context)


def _others(request: HttpRequest, pairings: list[Pairing], chosen: Pairing) -> list[Choice]:
    """Tabs where somebody has several pairings: a mentor of two, or an earlier pair."""
    if len(pairings) < 2:
        return []
    tabs = []
    for row in pairings:
        people = people_of(row)
        person = people.of(request.user)
        names = people.others(person).name if person else str(row)
        label = names if person and _goes_on(row, person) else _("%(name)s (ended)") % {"name": names}
        tabs.append(Choice(label, f"?pair={row.pk}", current=row.pk == chosen.pk))
    return tabs


def _goes_on(pairing: Pairing, person: Person) -> bool:
    """Whether it is running, with this person in it."""
    return pairing.is_active and person.is_here


def _waiting(request: HttpRequest) -> HttpResponse:
    """Before there is a pair: what has been done, what happens now. Who takes no part here goes to the front page."""
    places = waiting_for(request.user)
    if not places:
        return redirect(f"/o/{request.organisation.slug}/")
    return render(request, "pairs/home/waiting.html", {"places": places})
