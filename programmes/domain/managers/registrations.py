"""What this room registers with those around it."""

from mentoring.history.actions import register_actions
from mentoring.work.registry import register_worker
from programmes.domain.guards import register_departure_follower
from programmes.domain.managers.naming import NEEDS, close_managers_of
from programmes.domain.managers.needs import ask_for_needs
from programmes.events_managers import ACTIONS


def register_managers() -> None:
    """Called once at start-up."""
    register_actions(*ACTIONS)
    register_departure_follower(close_managers_of)
    register_worker(NEEDS, ask_for_needs)
