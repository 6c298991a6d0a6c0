"""What can happen in a pair's life, in words. Nothing that anybody wrote stands in an event."""

from django.utils.translation import gettext_lazy as _

from mentoring.history.actions import Action

ACTIONS = (
    Action("pairing.confirmed", _("%(actor)s paired %(mentee)s with %(mentor)s"), "handshake"),
    Action("member.joined", _("%(actor)s took %(name)s into the group"), "user-plus"),
    Action("member.left", _("%(name)s is no longer in the group"), "user-minus"),
    Action("member.experienced", _("%(actor)s named %(name)s as the experienced mentor"), "user-check"),
    Action("rematch.decided", _("%(actor)s decided on a wish for another match"), "user-plus"),
    Action("output.done", _("Done: %(title)s"), "circle-check"),
    Action("output.reopened", _("Taken up again: %(title)s"), "undo-2"),
    Action("output.received", _("%(actor)s has received: %(title)s"), "inbox"),
    Action("schedule.saved", _("%(actor)s set the dates of the sessions"), "calendar-days"),
    Action("session.moved", _("%(actor)s set a new time for session %(number)s"), "calendar-clock"),
    Action("session.added", _("%(actor)s added a meeting to get to know each other"), "calendar-plus"),
    Action("session.added_alone", _("%(actor)s added a meeting of one mentee alone with the mentors"), "calendar-plus"),
    Action("session.planned", _("%(actor)s added session %(number)s"), "calendar-plus"),
    Action("session.cancelled", _("%(actor)s cancelled session %(number)s"), "calendar-x"),
    Action("session.held", _("Session %(number)s was held"), "calendar-check"),
    Action("session.unheld", _("%(actor)s noted that session %(number)s has not been held"), "undo-2"),
    Action("invitations.sent", _("%(actor)s sent the calendar invitations for %(count)s sessions"), "mail"),
    Action("introduction.sent", _("%(actor)s sent the introduction"), "mail"),
    Action("logs.passed_on", _("%(actor)s passed the logs of session %(number)s to the coordinator"), "send"),
    Action("logs.compiled", _("%(actor)s passed the compiled logs to the coordinator"), "send"),
    Action("goal.agreed", _("%(actor)s marked a goal as understood and agreed"), "target"),
    Action("goal.reached", _("%(actor)s reached: %(level)s"), "flag"),
    Action("goal.shared", _("%(actor)s opened a goal to the mentoring partner"), "eye"),
    Action("goal.unshared", _("%(actor)s closed a goal to the mentoring partner again"), "eye-off"),
    Action("goal.commented", _("%(actor)s commented on a goal"), "message-square"),
    Action("action.warned", _("%(actor)s said beforehand that something agreed will take longer"), "clock-alert"),
    Action("action.settled", _("%(actor)s settled an agreed action"), "square-check"),
    Action("duties.handed_over", _("%(actor)s handed the running duties to the %(side)s"), "refresh-cw"),
    Action("consent.changed", _("%(actor)s changed what may reach the coordinator"), "shield-check"),
    Action("homework.given", _("%(actor)s gave something to do at home: %(title)s"), "notebook-pen"),
    Action("achievement.recorded", _("%(actor)s recorded an achievement"), "award"),
    Action("achievement.taken_back", _("%(actor)s took an achievement out again"), "undo-2"),
    Action("file.shared", _("%(actor)s shared a document in the pair"), "file-plus"),
    Action("file.removed", _("%(actor)s took a shared document out again"), "file-x"),
    Action("examples.added", _("%(actor)s put example rows into a worksheet"), "lightbulb"),
)
