"""Where a participant goes: their mentoring, its sessions, goals and documents."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from mentoring.ui.home import register_home
from mentoring.ui.nav import NavItem, register_nav
from mentoring.ui.shapes import Choice
from pairs.domain.achievements import rules_of
from pairs.enums import PairingState
from pairs.models import Pairing
from programmes.domain.roles import roles_for
from programmes.models import Cohort
from programmes.tabs import register_cohort_tab
from templates_app.shapes import ALONGSIDE

ORDER = 10


@register_nav
def items(request: HttpRequest) -> Iterable[NavItem]:
    """For somebody who takes part: home, and the pages of the pairing they are in (the newest, of several)."""
    if getattr(request, "membership", None) is None:
        return []
    places = roles_for(request.user).participants
    if not places:
        return []
    slug = request.organisation.slug
    found = [NavItem(_("Mentoring"), reverse("pairs:home", args=[slug]), icon="house", order=ORDER)]
    pairing = _shown_pairing(request, places)
    if pairing is None:
        return found
    pages = (
        ("pairs:sessions", _("Sessions"), "calendar-days"),
        ("pairs:goals", _("Goals"), "target"),
        ("pairs:documents", _("Documents"), "file-text"),
    )
    return found + [
        NavItem(label, reverse(view, args=[slug, pairing]), icon=icon, order=ORDER + place)
        for place, (view, label, icon) in enumerate(pages, 1)
    ]


def _shown_pairing(request: HttpRequest, places: frozenset) -> object:
    """The pairing the page is about, or the running one, on the handbook's path before those alongside it; one query."""
    rows = Pairing.objects.filter(members__participant__in=places).order_by("-started_at")
    found = sorted(rows.values_list("pk", "state", "model"), key=lambda row: row[2] in ALONGSIDE)
    own = {pk: state for pk, state, _model in found}
    match = request.resolver_match
    asked = match.kwargs.get("pairing") if match else None
    if asked in own:
        return asked
    chosen = next((pk for pk in own if str(pk) == request.GET.get("pair")), None)
    running = next((pk for pk, state in own.items() if state == PairingState.ACTIVE), None)
    return chosen or running or next(iter(own), None)


def _home(request: HttpRequest) -> str | None:
    """Participants land on their mentoring."""
    if getattr(request, "membership", None) is None or not roles_for(request.user).participants:
        return None
    return reverse("pairs:home", args=[request.organisation.slug])


register_home(20, _home)


def _achievements_tab(request: HttpRequest, cohort: Cohort) -> Choice | None:
    """For coordinators, where the handbook has achievements recorded."""
    programme = cohort.programme
    if not roles_for(request.user).coordinates(programme.pk) or not rules_of(programme).offered:
        return None
    here = reverse("pairs:cohort-achievements", args=[request.organisation.slug, programme.slug, cohort.slug])
    return Choice(str(_("Achievements")), here)


def register_achievements_tab() -> None:
    """This room's page of a cohort. For ``AppConfig.ready``."""
    register_cohort_tab(76, _achievements_tab)
