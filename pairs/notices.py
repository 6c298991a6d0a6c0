"""The messages a pair's life brings about: names, dates and links. The introduction alone carries what somebody wrote, for
the one it is addressed to; invitations hold the way into the pair's meetings. Both are personal.
"""

from mentoring.notices.kinds import Group, NoticeKind

NOTICES = (
    NoticeKind("pairs.paired", "pairs/paired"),
    NoticeKind("pairs.introduction", "pairs/introduction", personal=True),
    NoticeKind("pairs.invitation", "pairs/invitation", personal=True),
    NoticeKind("pairs.dates_agreed", "pairs/dates_agreed", Group.PARTNER),
    NoticeKind("pairs.session_changed", "pairs/session_changed"),
    NoticeKind("pairs.reminder", "pairs/reminder", Group.REMINDERS),
    NoticeKind("pairs.escalation", "pairs/escalation", Group.REMINDERS),
    NoticeKind("pairs.sheet_sent", "pairs/sheet_sent", Group.PARTNER),
    NoticeKind("pairs.sheet_shared", "pairs/sheet_shared", Group.PARTNER),
    NoticeKind("pairs.sheet_shared_coordinator", "pairs/sheet_shared", Group.REPORTS),
    NoticeKind("pairs.goal_answered", "pairs/goal_answered", Group.PARTNER),
    NoticeKind("pairs.duties_handed_over", "pairs/duties_handed_over", Group.PARTNER),
    NoticeKind("pairs.logs_passed_on", "pairs/logs_passed_on", Group.REPORTS),
    NoticeKind("pairs.logs_compiled", "pairs/logs_compiled", Group.REPORTS),
)
