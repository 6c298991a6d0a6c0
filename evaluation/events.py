"""What can happen around a cohort's reports and evaluation, in words. Nothing that anybody wrote stands in an event."""

from django.utils.translation import gettext_lazy as _

from mentoring.history.actions import Action

ACTIONS = (
    Action("output.nudged", _("%(actor)s reminded %(names)s: %(title)s"), "bell"),
    Action("evaluation.sent", _("%(actor)s sent the evaluation"), "send"),
    Action("themes.coded", _("%(actor)s gathered answers into themes"), "list-checks"),
    Action("report.made", _("The report of week %(period)s was made"), "chart-column"),
    Action("report.scheduled", _("The report “%(kind)s” on %(period)s was made"), "chart-column"),
    Action("export.asked", _("%(actor)s asked for an export (%(kind)s)"), "package"),
    Action("export.made", _("An export was made for %(actor)s (%(kind)s)"), "package-check"),
    Action("export.downloaded", _("%(actor)s downloaded an export (%(kind)s)"), "download"),
)
