"""What this room does by itself: which background work it has, which messages still hold, what follows when somebody leaves."""

from mentoring.notices.domain.holding import register_still_true
from mentoring.work.registry import register_worker
from programmes.domain import event_feedback, event_reminders, import_upkeep
from programmes.domain.concerns import looking_after, raising
from programmes.domain.guards import register_departure_follower
from programmes.domain.places import give_up_places


def register_ticking() -> None:
    """Called once at start-up."""
    register_worker(import_upkeep.WORK, import_upkeep.forget_old_rows)
    register_worker(raising.WORK, looking_after.look_after)
    register_worker(event_reminders.WORK, event_reminders.remind_guests)
    register_still_true(event_reminders.KIND, event_reminders.still_comes)
    register_still_true(event_feedback.KIND, event_feedback.still_asked)
    register_departure_follower(give_up_places)
