"""Kinds of notices for tests. They use the template of a real one."""

from mentoring.notices.kinds import Group, NoticeKind

TEMPLATE = "organisations/made_admin"
ESSENTIAL, REMINDER, PERSONAL, SECRET = "tests.essential", "tests.reminder", "tests.personal", "tests.secret"
KINDS = (
    NoticeKind(ESSENTIAL, TEMPLATE),
    NoticeKind(REMINDER, TEMPLATE, Group.REMINDERS),
    NoticeKind(PERSONAL, TEMPLATE, personal=True),
    NoticeKind(SECRET, TEMPLATE, secret=True),
)
