"""The messages that reports, evaluation and exports send: names, dates, figures and links, never what somebody wrote."""

from mentoring.notices.kinds import Group, NoticeKind

NOTICES = (
    NoticeKind("evaluation.invitation", "evaluation/invitation"),
    NoticeKind("evaluation.reminder", "evaluation/reminder", Group.REMINDERS),
    NoticeKind("evaluation.weekly_report", "evaluation/weekly_report", Group.REPORTS),
    NoticeKind("evaluation.scheduled_report", "evaluation/scheduled_report", Group.REPORTS),
    NoticeKind("evaluation.export_ready", "evaluation/export_ready"),
)
