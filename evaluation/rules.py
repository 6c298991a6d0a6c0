"""Who may do what with desks, reports, the evaluation and exports. Each permission is about a programme or a cohort."""

from typing import Any

import rules

from mentoring.accounts.models import User
from programmes.domain.roles import roles_for
from programmes.rules import is_admin, is_coordinator, is_steering, leads_partner


@rules.predicate
def looks_after_something(user: User, thing: Any = None) -> bool:
    """Somebody with a desk here: a coordinator, an admin, a partner's lead or one of a steering group."""
    roles = roles_for(user)
    return bool(roles.is_admin or roles.coordinated or roles.steered or roles.led)


@rules.predicate
def reads_some_figures(user: User, thing: Any = None) -> bool:
    """Somebody who reads reports of some programme."""
    roles = roles_for(user)
    return bool(roles.is_admin or roles.coordinated or roles.steered)


rules.add_perm("evaluation.have_desk", looks_after_something)
rules.add_perm("evaluation.have_reports", reads_some_figures)
rules.add_perm("evaluation.view_desk", is_coordinator | is_admin | is_steering | leads_partner)
rules.add_perm("evaluation.view_pairs", is_coordinator | is_admin | leads_partner)
rules.add_perm("evaluation.remind", is_coordinator)
rules.add_perm("evaluation.view_reports", is_coordinator | is_admin | is_steering)
rules.add_perm("evaluation.send", is_coordinator)
rules.add_perm("evaluation.view_sendings", is_coordinator | is_admin)
rules.add_perm("evaluation.read_answers", is_coordinator)
rules.add_perm("evaluation.export", is_coordinator | is_admin)
