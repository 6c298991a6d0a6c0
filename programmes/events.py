"""What can happen in programmes, in words. Nothing that anybody wrote stands in an event."""

from django.utils.translation import gettext_lazy as _

from mentoring.history.actions import Action

ACTIONS = (
    Action("programme.created", _("%(actor)s created the programme"), "sprout"),
    Action("programme.changed", _("%(actor)s renamed the programme"), "pencil"),
    Action("handbook.changed", _("%(actor)s changed the handbook: %(part)s"), "book-open"),
    Action("handbook.restored", _("%(actor)s took back a change of the handbook: %(part)s"), "undo-2"),
    Action("role.given", _("%(actor)s made %(name)s %(role)s"), "user-plus"),
    Action("role.ended", _("%(actor)s ended the role of %(name)s as %(role)s"), "user-minus"),
    Action("cohort.opened", _("%(actor)s opened the cohort"), "calendar-plus"),
    Action("cohort.changed", _("%(actor)s changed the cohort"), "pencil"),
    Action("person.added", _("%(actor)s added %(name)s"), "user-plus"),
    Action("person.changed", _("%(actor)s changed the details of %(name)s"), "pencil"),
    Action("person.accepted", _("%(actor)s took %(name)s on"), "user-check"),
    Action("person.declined", _("%(actor)s decided not to take %(name)s on"), "user-x"),
    Action("person.withdrawn", _("%(actor)s withdrew %(name)s"), "user-minus"),
    Action("person.reinstated", _("%(actor)s took %(name)s in again"), "undo-2"),
    Action("person.invited", _("%(actor)s invited %(name)s"), "mail"),
    Action("person.joined", _("%(name)s joined"), "door-open"),
    Action("people.imported", _("%(actor)s imported %(count)s people"), "upload"),
    Action("profile.sent", _("%(name)s sent their profile"), "file-check"),
    Action("person.oriented", _("%(name)s read what mentoring is and is not"), "book-open-check"),
    Action("away.changed", _("%(name)s changed when they are away"), "plane"),
    Action("learning_style.changed", _("%(name)s said how they learn best"), "lightbulb"),
    Action("material.sent", _("%(actor)s sent material to %(count)s people"), "send"),
    Action("gathering.planned", _("%(actor)s planned an event"), "calendar-plus"),
    Action("gathering.changed", _("%(actor)s changed an event"), "calendar-sync"),
    Action("gathering.cancelled", _("%(actor)s cancelled an event"), "calendar-x"),
    Action("gathering.answered", _("%(name)s answered an invitation to an event"), "calendar-check"),
    # Who raises an issue is between them and the coordinators, so these say no name.
    Action("issue.raised", _("An issue was raised with the coordinators"), "life-buoy"),
    Action("issue.answered", _("An issue was answered"), "message-square"),
    Action("issue.closed", _("An issue was closed"), "circle-check"),
    Action("issue.reopened", _("An issue was opened again"), "undo-2"),
)
