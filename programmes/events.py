"""What can happen in programmes, in words. Nothing that anybody wrote stands in an event."""

from django.utils.translation import gettext_lazy as _

from mentoring.history.actions import Action

ACTIONS = (
    Action("programme.created", _("%(actor)s created the programme"), "sprout"),
    Action("programme.changed", _("%(actor)s renamed the programme"), "pencil"),
    Action("handbook.changed", _("%(actor)s changed the handbook: %(part)s"), "book-open"),
    Action("handbook.restored", _("%(actor)s took back a change of the handbook: %(part)s"), "undo-2"),
    Action(
        "records.deleted", _("%(actor)s deleted confidential records by their rule (%(title)s: %(count)s)"), "trash-2"
    ),
    Action("library.added", _("%(actor)s put a file into the library"), "upload"),
    Action("library.replaced", _("%(actor)s put a newer version of a file into the library"), "upload"),
    Action("library.changed", _("%(actor)s changed what is said of a file in the library"), "pencil"),
    Action("library.removed", _("%(actor)s took a file out of the library"), "trash-2"),
    Action("library.put_back", _("%(actor)s put a file back into the library"), "undo-2"),
    Action("worksheet.published", _("%(actor)s published “%(title)s”, version %(number)s"), "file-check"),
    Action("worksheet.dropped", _("%(actor)s dropped the draft of “%(title)s”"), "trash-2"),
    Action(
        "worksheet.removed", _("%(actor)s took the worksheet “%(title)s” out, on which nobody had written"), "trash-2"
    ),
    Action("role.given", _("%(actor)s made %(name)s %(role)s"), "user-plus"),
    Action("role.ended", _("%(actor)s ended the role of %(name)s as %(role)s"), "user-minus"),
    Action("notice.opened", _("%(actor)s opened the notice for all staff"), "megaphone"),
    Action("notice.changed", _("%(actor)s changed how the notice for all staff is shown"), "megaphone"),
    Action("notice.closed", _("%(actor)s closed the notice for all staff"), "megaphone-off"),
    Action("cohort.opened", _("%(actor)s opened the cohort"), "calendar-plus"),
    Action(
        "cohort.opened_despite", _("%(actor)s opened the cohort before this was settled: %(titles)s"), "calendar-plus"
    ),
    Action("cohort.changed", _("%(actor)s changed the cohort"), "pencil"),
    Action("person.added", _("%(actor)s added %(name)s"), "user-plus"),
    Action("person.changed", _("%(actor)s changed the details of %(name)s"), "pencil"),
    Action("person.accepted", _("%(actor)s took %(name)s on"), "user-check"),
    Action("person.declined", _("%(actor)s decided not to take %(name)s on"), "user-x"),
    Action("person.withdrawn", _("%(actor)s withdrew %(name)s"), "user-minus"),
    Action("person.stepped_out", _("%(name)s stepped out"), "door-open"),
    Action("person.reinstated", _("%(actor)s took %(name)s in again"), "undo-2"),
    Action("person.invited", _("%(actor)s invited %(name)s"), "mail"),
    Action("person.volunteered", _("%(name)s volunteered as a mentor"), "door-open"),
    Action("person.joined", _("%(name)s joined"), "door-open"),
    Action("people.imported", _("%(actor)s imported %(count)s people"), "upload"),
    Action("profile.sent", _("%(name)s sent their profile"), "file-check"),
    Action("sheet.sent", _("%(actor)s sent: %(title)s"), "file-check"),
    Action("person.oriented", _("%(name)s read what mentoring is and is not"), "book-open-check"),
    Action("away.changed", _("%(name)s changed when they are away"), "plane"),
    Action("learning_style.changed", _("%(name)s said how they learn best"), "lightbulb"),
    Action("expenses.draft", _("%(actor)s took a claim for expenses back"), "undo-2"),
    Action("expenses.sent", _("%(actor)s sent a claim for expenses"), "send"),
    Action("expenses.approved", _("%(actor)s approved a claim for expenses"), "circle-check"),
    Action("expenses.declined", _("%(actor)s declined a claim for expenses"), "circle-x"),
    Action("expenses.paid", _("%(actor)s noted that expenses were paid"), "banknote"),
    Action("suggestion.answered", _("%(actor)s answered a suggestion"), "message-square"),
    Action("material.sent", _("%(actor)s sent material to %(count)s people"), "send"),
    Action("gathering.planned", _("%(actor)s planned an event"), "calendar-plus"),
    Action("gathering.changed", _("%(actor)s changed an event"), "calendar-sync"),
    Action("gathering.cancelled", _("%(actor)s cancelled an event"), "calendar-x"),
    Action("gathering.attended", _("%(actor)s noted who came to an event"), "list-checks"),
    Action("training.completed", _("%(name)s completed “%(title)s”"), "graduation-cap"),
    Action("gathering.answered", _("%(name)s answered an invitation to an event"), "calendar-check"),
    # Who raises an issue is between them and the coordinators, so these say no name.
    Action("issue.raised", _("An issue was raised with the coordinators"), "life-buoy"),
    Action("issue.answered", _("An issue was answered"), "message-square"),
    Action("issue.closed", _("An issue was closed"), "circle-check"),
    # That there is a concern is known to its leads and to who raised it, so these name nobody.
    Action("concern.raised", _("A concern was raised, or raised again"), "shield-alert"),
    Action("concern.acknowledged", _("A concern was acknowledged"), "circle-check"),
    Action("concern.in_hand", _("A concern was taken in hand"), "pencil"),
    Action("concern.closed", _("A concern was closed"), "circle-check"),
    Action("concern.noted", _("Something was written in a concern"), "message-square"),
    Action("concern.handed_over", _("A concern was given to another lead"), "user-plus"),
    Action("concern.escalated", _("A concern that nobody had acknowledged went to a second person"), "bell"),
    Action("issue.reopened", _("An issue was opened again"), "undo-2"),
)
