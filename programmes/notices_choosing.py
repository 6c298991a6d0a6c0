"""The messages of choosing. They are between the two, so those who look after the outbox do not read them."""

from mentoring.notices.kinds import NoticeKind

NOTICES = (
    NoticeKind("programmes.volunteered", "programmes/volunteered"),
    NoticeKind("programmes.mentor_asked", "programmes/mentor_asked", personal=True),
    NoticeKind("programmes.request_moved", "programmes/request_moved", personal=True),
    NoticeKind("programmes.request_to_confirm", "programmes/request_to_confirm"),
    NoticeKind("programmes.approval_asked", "programmes/approval_asked", secret=True),
    NoticeKind("programmes.approval_decided", "programmes/approval_decided", personal=True),
)
