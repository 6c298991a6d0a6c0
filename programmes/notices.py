"""The messages that programmes send. None of them carries what anybody wrote in confidence.

That somebody raised an issue is itself between them and the coordinators, so those messages are personal ones.
"""

from mentoring.notices.kinds import Group, NoticeKind

NOTICES = (
    NoticeKind("programmes.invitation", "programmes/invitation", secret=True),
    NoticeKind("programmes.role_given", "programmes/role_given"),
    NoticeKind("programmes.put_forward", "programmes/put_forward"),
    NoticeKind("programmes.decided", "programmes/decided", personal=True),
    NoticeKind("programmes.stepped_out", "programmes/stepped_out"),
    NoticeKind("programmes.material", "programmes/material", personal=True),
    NoticeKind("programmes.issue_raised", "programmes/issue_raised", personal=True),
    NoticeKind("programmes.issue_answered", "programmes/issue_answered", personal=True),
    NoticeKind("programmes.issue_closed", "programmes/issue_closed", personal=True),
    NoticeKind("programmes.concern_for_lead", "programmes/concern_for_lead", personal=True),
    NoticeKind("programmes.concern_moved", "programmes/concern_moved", personal=True),
    NoticeKind("programmes.concern_waits", "programmes/concern_waits", personal=True),
    NoticeKind("programmes.expenses", "programmes/expenses", personal=True),
    NoticeKind("programmes.day_has_come", "programmes/day_has_come", Group.REMINDERS),
    NoticeKind("programmes.manager_asked", "programmes/manager_asked", secret=True),
    NoticeKind("programmes.needs_asked", "programmes/needs_asked", secret=True),
    NoticeKind("programmes.manager_wrote", "programmes/manager_wrote", personal=True),
    NoticeKind("programmes.gathering", "programmes/gathering"),
    NoticeKind("programmes.gathering_place", "programmes/gathering_place"),
    NoticeKind("programmes.gathering_reminder", "programmes/gathering_reminder", Group.REMINDERS),
    NoticeKind("programmes.gathering_feedback", "programmes/gathering_feedback", Group.REMINDERS),
    NoticeKind("programmes.gathering_cancelled", "programmes/gathering_cancelled"),
)
