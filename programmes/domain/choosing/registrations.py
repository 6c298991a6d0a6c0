"""What choosing registers with the rooms and pages it is part of."""

from mentoring.history.actions import register_actions
from mentoring.notices.kinds import register_notices
from mentoring.work.registry import register_worker
from programmes.domain.choosing.approvals import approval_gate
from programmes.domain.choosing.asking import WORK, follow_arrival
from programmes.domain.choosing.closing import close_requests_of
from programmes.domain.choosing.directory import shown_labels
from programmes.domain.choosing.doors import follow_door, follow_unit
from programmes.domain.choosing.request_owner import register_request_sheets
from programmes.domain.choosing.ticking import choosing_due
from programmes.domain.enrolment import register_profile_follower, register_shown_labels
from programmes.domain.gates import register_gate
from programmes.domain.guards import register_departure_follower
from programmes.events_choosing import ACTIONS
from programmes.notices_choosing import NOTICES


def register_choosing() -> None:
    """Called once at start-up."""
    register_actions(*ACTIONS)
    register_notices(*NOTICES)
    register_worker(WORK, choosing_due)
    register_request_sheets()
    register_gate(approval_gate)
    register_profile_follower(follow_unit)
    register_profile_follower(follow_door)
    register_profile_follower(follow_arrival)
    register_shown_labels(shown_labels)
    register_departure_follower(close_requests_of)
