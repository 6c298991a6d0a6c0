"""What can happen where mentees choose, in words. Who asked whom, and who said no, is in none of them."""

from django.utils.translation import gettext_lazy as _

from mentoring.history.actions import Action

ACTIONS = (
    Action("request.sent", _("A mentor was asked"), "send"),
    Action("request.accepted", _("A request was taken up"), "message-square"),
    Action("request.ended", _("A request ended without a pair"), "circle"),
    Action("mentor.paused", _("%(actor)s took %(name)s out of the list of mentors for a while"), "circle-pause"),
    Action("mentor.opened", _("%(actor)s put %(name)s into the list of mentors again"), "door-open"),
    Action("approval.asked", _("%(actor)s asked for an approval that %(name)s takes part"), "mail"),
    Action("approval.revoked", _("%(actor)s took back the asking for an approval of %(name)s"), "undo-2"),
    Action("approval.decided", _("An approval that %(name)s takes part was decided on"), "file-check"),
)
