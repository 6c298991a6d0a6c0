"""Where those go who look after a programme: their desk, the reports, and the desk's neighbours among a cohort's pages."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.tenancy.access import may
from mentoring.ui.home import register_home
from mentoring.ui.nav import NavItem, register_nav
from mentoring.ui.shapes import Action, Choice
from pairs.models import Pairing
from pairs.pair_links import register_pair_link
from programmes.domain.roles import Roles, roles_for
from programmes.models import Cohort
from programmes.tabs import TabSource, register_cohort_tab


def _roles(request: HttpRequest) -> Roles | None:
    """What the visitor is here; ``None`` outside an organisation and for those who are no members."""
    return roles_for(request.user) if getattr(request, "membership", None) is not None else None


@register_nav
def items(request: HttpRequest) -> Iterable[NavItem]:
    """The desk for all who look after something, reports for those who read figures."""
    roles = _roles(request)
    if roles is None:
        return
    figures = roles.is_admin or roles.coordinated or roles.steered
    if figures or roles.led:
        yield NavItem(_("Desk"), reverse("evaluation:desk", args=[request.organisation.slug]), "lamp-desk", 5)
    if figures:
        yield NavItem(_("Reports"), reverse("evaluation:reports", args=[request.organisation.slug]), "chart-column", 40)


def coordinators_home(request: HttpRequest) -> str | None:
    """Coordinators begin at their desk, whatever else they are here."""
    roles = _roles(request)
    return reverse("evaluation:desk", args=[request.organisation.slug]) if roles and roles.coordinated else None


def readers_home(request: HttpRequest) -> str | None:
    """Partner leads and the steering group begin there too, unless they take part in mentoring themselves."""
    roles = _roles(request)
    if roles is None or not (roles.led or roles.steered):
        return None
    return reverse("evaluation:desk", args=[request.organisation.slug])


register_home(10, coordinators_home)
register_home(25, readers_home)


# --- Tabs of a cohort ------------------------------------------------------------------------------------------------


def _tab(name: str, label: str | Promise, permission: str) -> TabSource:
    def source(request: HttpRequest, cohort: Cohort) -> Choice | None:
        if not may(request, permission, cohort):
            return None
        return Choice(str(label), reverse(name, args=[request.organisation.slug, cohort.programme.slug, cohort.slug]))

    return source


def export_link(request: HttpRequest, pairing: Pairing) -> Action | None:
    """Everything of one pair to take along, for those who may export its programme."""
    programme = pairing.cohort.programme
    if not may(request, "evaluation.export", programme):
        return None
    address = reverse("evaluation:exports", args=[request.organisation.slug, programme.slug])
    return Action(_("Export all outputs"), f"{address}?pair={pairing.pk}", kind="tiny-quiet", icon="package")


def register_tabs() -> None:
    """The desk's pages beside the others of a cohort, and the export of one pair. For ``AppConfig.ready``."""
    register_pair_link(export_link)
    register_cohort_tab(5, _tab("evaluation:cohort_desk", gettext_lazy("Desk"), "evaluation.view_desk"))
    register_cohort_tab(40, _tab("evaluation:cohort_pairs", gettext_lazy("Pairs"), "evaluation.view_pairs"))
    register_cohort_tab(45, _tab("evaluation:cohort_logs", gettext_lazy("Logs"), "evaluation.read_answers"))
    register_cohort_tab(50, _tab("evaluation:evaluation", gettext_lazy("Evaluation"), "evaluation.view_reports"))
