"""What this room tells the rooms below and itself: whose responses are whose, what stands before a step, what is kept."""

from programmes.domain.choosing.registrations import register_choosing
from programmes.domain.enrolment import register_enrolments
from programmes.domain.expenses.effects import tell_of_claims
from programmes.domain.gates import register_gate
from programmes.domain.handbook.effects import register_effects
from programmes.domain.managers.registrations import register_managers
from programmes.domain.records.own_kinds import register_own_records
from programmes.domain.sheet_owner import register_sheets
from programmes.domain.ticking import register_ticking
from programmes.domain.training.standing import training_gate


def register_domain() -> None:
    """All of it. For ``AppConfig.ready``."""
    register_enrolments()
    register_sheets()
    register_choosing()
    register_managers()
    register_own_records()
    register_effects(tell_of_claims)
    register_gate(training_gate)
    register_ticking()
