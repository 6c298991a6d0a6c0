"""What is sent about an organisation itself."""

from mentoring.notices.kinds import NoticeKind

NOTICES = (NoticeKind("organisations.made_admin", "organisations/made_admin"),)
