"""What this room tells the rooms below: whose responses are an output's, what follows when goals and actions are sent, or
a handbook or a cohort changes, why somebody cannot be let go, and whether a reminder still holds.
"""

from django.utils.translation import gettext as _

from mentoring.notices.domain.holding import register_still_true
from pairs.domain.actions import keep_capacity_actions, keep_follow_ups
from pairs.domain.compiled import register_compiled
from pairs.domain.goals import keep_goals
from pairs.domain.output_owner import find_owner
from pairs.domain.reminders import is_still_owed
from pairs.domain.replanning import ask_to_replan
from pairs.models import PairingMember
from programmes.domain.cohorts import register_cohort_follower
from programmes.domain.guards import register_withdrawal_guard
from programmes.domain.handbook.editing import register_handbook_follower
from programmes.models import Participant
from templates_app.domain.owners import register_response_owner
from templates_app.domain.responses import register_field_hook
from templates_app.shapes import Kind


def register_with_lower_rooms() -> None:
    """Called once at start-up."""
    register_response_owner(find_owner)
    register_field_hook(Kind.GOAL, keep_goals)
    register_field_hook(Kind.ACTION, keep_follow_ups)
    register_field_hook(Kind.TABLE, keep_capacity_actions)
    register_field_hook(Kind.GROUP, keep_capacity_actions)
    register_withdrawal_guard(why_not_withdrawn)
    register_handbook_follower(ask_to_replan)
    register_cohort_follower(ask_to_replan)
    register_compiled()
    register_still_true("pairs.reminder", is_still_owed)


def why_not_withdrawn(person: Participant) -> str:
    """A running pair is ended first, kindly and on purpose, not by the way."""
    if PairingMember.objects.filter(participant=person, left_at=None).exists():
        return _("%(name)s is in a running pair. End the pair first.") % {"name": person.name}
    return ""
