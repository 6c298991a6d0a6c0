"""What this room tells the rooms below: whose responses are an output's, what follows when goals and actions are sent, or
a handbook or a cohort changes, why somebody cannot be let go and what follows when they are, who is whose partner, and
whether a reminder still holds.
"""

from django.utils.translation import gettext as _

from mentoring.notices.domain.holding import register_still_true
from pairs.domain.actions import keep_capacity_actions, keep_follow_ups
from pairs.domain.agreeing_times import PROPOSED as TIMES_PROPOSED
from pairs.domain.agreeing_times import REMINDER as TIMES_REMINDER
from pairs.domain.agreeing_times import are_still_proposed
from pairs.domain.chosen import make_chosen_pair
from pairs.domain.compiled import register_compiled
from pairs.domain.handbook_effects import follow_sessions, tell_of_handbook
from pairs.domain.keeping_goals import keep_goals
from pairs.domain.known_facts import register_known_facts
from pairs.domain.looking_again import NOTICE as LOOK_AGAIN
from pairs.domain.looking_again import is_still_wanted
from pairs.domain.output_owner import find_owner
from pairs.domain.people import partner_accounts
from pairs.domain.proposing.asking import end_matches_of
from pairs.domain.proposing.telling import ASKED
from pairs.domain.proposing.telling import is_still_asked as match_is_still_asked
from pairs.domain.records import register_pair_records
from pairs.domain.reminder_preview import reminder_as_mail
from pairs.domain.reminders import is_still_owed
from pairs.domain.replanning import ask_to_replan
from pairs.domain.round_effects import tell_of_rounds
from pairs.domain.survey_asking import NOTICE as SURVEY
from pairs.domain.survey_asking import is_still_asked
from pairs.domain.worksheet_changes import follow_removal, follow_worksheet, tell_of_moments
from pairs.models import PairingMember
from programmes.domain.choosing.making import register_pair_maker
from programmes.domain.cohorts import register_cohort_follower
from programmes.domain.designing.publishing import register_worksheet_follower
from programmes.domain.designing.removing import register_removal_follower
from programmes.domain.guards import register_departure_follower, register_withdrawal_guard
from programmes.domain.handbook.editing import register_handbook_follower
from programmes.domain.handbook.effects import register_effects
from programmes.domain.handbook.previews import register_reminder_preview
from programmes.domain.partners import register_partners
from programmes.models import Participant, Programme
from templates_app.domain.owners import register_response_owner
from templates_app.domain.responses import register_field_hook
from templates_app.shapes import Kind, Worksheet


def register_with_lower_rooms() -> None:
    """Called once at start-up."""
    register_response_owner(find_owner)
    register_field_hook(Kind.GOAL, keep_goals)
    register_field_hook(Kind.ACTION, keep_follow_ups)
    register_field_hook(Kind.TABLE, keep_capacity_actions)
    register_field_hook(Kind.GROUP, keep_capacity_actions)
    register_withdrawal_guard(why_not_withdrawn)
    register_departure_follower(end_matches_of)
    register_handbook_follower(follow_sessions)
    register_handbook_follower(ask_to_replan)
    register_effects(tell_of_handbook)
    register_reminder_preview(reminder_as_mail)
    register_cohort_follower(ask_to_replan)
    register_worksheet_follower(follow_worksheet)
    register_worksheet_follower(plan_anew)
    register_removal_follower(follow_removal)
    register_effects(tell_of_moments)
    register_effects(tell_of_rounds)
    register_compiled()
    register_pair_records()
    register_known_facts()
    register_partners(partner_accounts)
    register_pair_maker(make_chosen_pair)
    register_still_true("pairs.reminder", is_still_owed)
    register_still_true(LOOK_AGAIN, is_still_wanted)
    register_still_true(SURVEY, is_still_asked)
    register_still_true(TIMES_PROPOSED, are_still_proposed)
    register_still_true(TIMES_REMINDER, are_still_proposed)
    register_still_true(ASKED, match_is_still_asked)


def plan_anew(programme: Programme, _before: Worksheet | None, _after: Worksheet) -> None:
    """A worksheet that is published changes what its pairs owe and when."""
    ask_to_replan(programme)


def why_not_withdrawn(person: Participant) -> str:
    """A running pair is ended first, kindly and on purpose, not by the way."""
    if PairingMember.objects.filter(participant=person, left_at=None).exists():
        return _("%(name)s is in a running pair. End the pair first.") % {"name": person.name}
    return ""
