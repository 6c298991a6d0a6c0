"""The messages a pair's life brings about: names, dates and links. The introduction alone carries what somebody wrote, for
the one it is addressed to; invitations hold the way into the pair's meetings, and who was introduced gets the other's address.
These are personal, and so is whatever else tells of an introduction.
"""

from mentoring.notices.kinds import Group, NoticeKind

NOTICES = (
    NoticeKind("pairs.achievement", "pairs/achievement"),
    NoticeKind("pairs.agreement_in_force", "pairs/agreement_in_force", Group.REPORTS),
    NoticeKind("pairs.match_proposed", "pairs/match_proposed", personal=True),
    NoticeKind("pairs.match_ended", "pairs/match_ended", personal=True),
    NoticeKind("pairs.match_settled", "pairs/match_settled", personal=True),
    NoticeKind("pairs.paired", "pairs/paired"),
    NoticeKind("pairs.grouped", "pairs/grouped"),
    NoticeKind("pairs.member_joined", "pairs/member_joined"),
    NoticeKind("pairs.member_left", "pairs/member_left"),
    NoticeKind("pairs.member_left_self", "pairs/member_left_self"),
    NoticeKind("pairs.member_left_coordinator", "pairs/member_left_coordinator"),
    NoticeKind("pairs.introduction", "pairs/introduction", personal=True),
    NoticeKind("pairs.contact_proposed", "pairs/contact_proposed", personal=True),
    NoticeKind("pairs.contact_asked", "pairs/contact_asked", personal=True, secret=True),
    NoticeKind("pairs.contact_made", "pairs/contact_made", personal=True),
    NoticeKind("pairs.contact_outcome", "pairs/contact_outcome", personal=True),
    NoticeKind("pairs.invitation", "pairs/invitation", personal=True),
    NoticeKind("pairs.dates_agreed", "pairs/dates_agreed", Group.PARTNER),
    NoticeKind("pairs.session_changed", "pairs/session_changed"),
    NoticeKind("pairs.times_proposed", "pairs/times_proposed"),
    NoticeKind("pairs.times_declined", "pairs/times_declined"),
    NoticeKind("pairs.times_reminder", "pairs/times_reminder", Group.REMINDERS),
    NoticeKind("pairs.survey", "pairs/survey"),
    NoticeKind("pairs.reminder", "pairs/reminder", Group.REMINDERS),
    NoticeKind("pairs.look_again", "pairs/look_again", Group.REMINDERS),
    NoticeKind("pairs.escalation", "pairs/escalation", Group.REMINDERS),
    NoticeKind("pairs.sheet_sent", "pairs/sheet_sent", Group.PARTNER),
    NoticeKind("pairs.sheet_shared", "pairs/sheet_shared", Group.PARTNER),
    NoticeKind("pairs.sheet_shared_coordinator", "pairs/sheet_shared", Group.REPORTS),
    NoticeKind("pairs.sheet_arrived", "pairs/sheet_arrived"),
    NoticeKind("pairs.sheet_received", "pairs/sheet_received"),
    NoticeKind("pairs.homework", "pairs/homework", Group.PARTNER),
    NoticeKind("pairs.file_shared", "pairs/file_shared", Group.PARTNER),
    NoticeKind("pairs.action_warned", "pairs/action_warned", Group.PARTNER),
    NoticeKind("pairs.goal_answered", "pairs/goal_answered", Group.PARTNER),
    NoticeKind("pairs.duties_handed_over", "pairs/duties_handed_over", Group.PARTNER),
    NoticeKind("pairs.writing_passed", "pairs/writing_passed", Group.PARTNER),
    NoticeKind("pairs.phase_moved", "pairs/phase_moved", Group.PARTNER),
    NoticeKind("pairs.logs_passed_on", "pairs/logs_passed_on", Group.REPORTS),
    NoticeKind("pairs.logs_compiled", "pairs/logs_compiled", Group.REPORTS),
)
