"""Where the menus lead in this room."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.ui.home import register_home
from mentoring.ui.nav import NavItem, register_foot, register_nav
from mentoring.ui.shapes import Choice
from programmes.domain.expenses.queries import rules_of, waiting_in
from programmes.domain.queries import own_participations
from programmes.domain.roles import Roles, roles_for
from programmes.domain.training.standing import modules_of
from programmes.models import Cohort, Programme
from programmes.tabs import TabSource, register_cohort_tab


def _roles(request: HttpRequest) -> Roles | None:
    if getattr(request, "organisation", None) is None or getattr(request, "membership", None) is None:
        return None
    return roles_for(request.user)


def main_items(request: HttpRequest) -> Iterator[NavItem]:
    """Programmes for those who run, lead, steer or look after them; concerns for their leads; guidance for who takes part."""
    roles = _roles(request)
    if roles is None:
        return
    slug = request.organisation.slug
    if roles.coordinated or roles.led or roles.steered or roles.is_admin:
        yield NavItem(_("Programmes"), reverse("programmes:programmes", args=[slug]), "layers", 20)
    if roles.concerned:
        yield NavItem(_("Concerns"), reverse("programmes:concerns", args=[slug]), "shield-alert", 65)
    if roles.participants:
        yield NavItem(_("Guidance"), reverse("programmes:guidances", args=[slug]), "book-open", 60)
        yield NavItem(_("Get help"), reverse("programmes:issues", args=[slug]), "life-buoy", 70)


def foot_items(request: HttpRequest) -> Iterator[NavItem]:
    """What mentoring is and is not, whom to turn to, and the words explained, one step from every page of a participant."""
    roles = _roles(request)
    if roles is None or not roles.participants:
        return
    slug = request.organisation.slug
    yield NavItem(_("What mentoring is, and is not"), reverse("programmes:orientation", args=[slug]), order=10)
    yield NavItem(_("Whom to turn to"), reverse("programmes:support", args=[slug]), order=15)
    yield NavItem(_("Events"), reverse("programmes:own_gatherings", args=[slug]), order=17)
    yield NavItem(_("Words explained"), reverse("programmes:glossaries", args=[slug]), order=20)


register_nav(main_items)
register_foot(foot_items)


# --- Tabs of a cohort ------------------------------------------------------------------------------------------------


def _tab(name: str, label: str | Promise, *, coordinators_only: bool = False, people: bool = False) -> TabSource:
    def source(request: HttpRequest, cohort: Cohort) -> Choice | None:
        roles, programme = roles_for(request.user), cohort.programme
        runs = roles.coordinates(programme.pk)
        sees_people = runs or roles.is_admin or bool(roles.led.get(programme.pk))
        if (coordinators_only and not runs) or (people and not sees_people):
            return None
        return Choice(str(label), reverse(name, args=[request.organisation.slug, programme.slug, cohort.slug]))

    return source


def _training_tab(request: HttpRequest, cohort: Cohort) -> Choice | None:
    """Only where the handbook has training."""
    programme = cohort.programme
    if not roles_for(request.user).coordinates(programme.pk) or not modules_of(programme):
        return None
    here = reverse("programmes:cohort_training", args=[request.organisation.slug, programme.slug, cohort.slug])
    return Choice(str(gettext_lazy("Training")), here)


def _expenses_tab(request: HttpRequest, cohort: Cohort) -> Choice | None:
    """Where the handbook has expenses paid back, and where it no longer has as long as a claim waits."""
    programme = cohort.programme
    if not roles_for(request.user).coordinates(programme.pk):
        return None
    if not rules_of(programme).offered and not waiting_in(request.user, cohort).exists():
        return None
    here = reverse("programmes:cohort_expenses", args=[request.organisation.slug, programme.slug, cohort.slug])
    return Choice(str(gettext_lazy("Expenses")), here)


def register_tabs() -> None:
    """This room's own pages of a cohort. For ``AppConfig.ready``."""
    register_cohort_tab(10, _tab("programmes:cohort", gettext_lazy("Overview")))
    register_cohort_tab(20, _tab("programmes:people", gettext_lazy("People"), people=True))
    register_cohort_tab(30, _tab("programmes:matching", gettext_lazy("Matching"), coordinators_only=True))
    register_cohort_tab(60, _tab("programmes:materials", gettext_lazy("Material"), coordinators_only=True))
    register_cohort_tab(70, _tab("programmes:gatherings", gettext_lazy("Events"), coordinators_only=True))
    register_cohort_tab(75, _training_tab)
    register_cohort_tab(77, _expenses_tab)
    register_cohort_tab(80, _tab("programmes:cohort_issues", gettext_lazy("Issues"), coordinators_only=True))


# --- Where one lands -------------------------------------------------------------------------------------------------


def waiting_place(request: HttpRequest) -> str | None:
    """Who has joined and is not paired yet waits on their own page; rooms above know a better place for the paired."""
    own = own_participations(request.user).first()
    return reverse("programmes:waiting", args=[request.organisation.slug, own.pk]) if own is not None else None


def programmes_place(request: HttpRequest) -> str | None:
    """Who runs, leads or steers a programme begins with the list of them; an admin too, as long as there is none to list."""
    roles = roles_for(request.user)
    begins = roles.is_admin and not Programme.objects.exists()
    if roles.coordinated or roles.led or roles.steered or begins:
        return reverse("programmes:programmes", args=[request.organisation.slug])
    return None


def concerns_place(request: HttpRequest) -> str | None:
    """Who is a lead for concerns and nothing else begins with what was raised with them."""
    if roles_for(request.user).concerned:
        return reverse("programmes:concerns", args=[request.organisation.slug])
    return None


register_home(25, programmes_place)
register_home(28, waiting_place)
register_home(29, concerns_place)
