"""The messages around the agreement, signed sheets and the end of a pairing. All of them are essential: they come whatever
a person mutes.
"""

from mentoring.notices.kinds import NoticeKind

_NAMES = (
    "agreement_offered",
    "agreement_waits",
    "agreement_voided",
    "agreement_signed",
    "agreement_received",
    "sheet_waits",
    "sheet_voided",
    "sheet_signed",
    "outside_answered",
    "outside_in_force",
    "pairing_ended_early",
    "pairing_completed",
    "pairing_ended_early_coordinator",
    "pairing_completed_coordinator",
    "pairing_ended_lead",
    "complete_said",
    "rematch_asked",
    "rematch_decided",
)
NOTICES = (
    *(NoticeKind(f"pairs.{name}", f"pairs/{name}") for name in _NAMES),
    NoticeKind("pairs.outside_asked", "pairs/outside_asked", secret=True),
)
