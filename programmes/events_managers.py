"""What can happen between a programme and line managers, in words. What a manager wrote is in none of them."""

from django.utils.translation import gettext_lazy as _

from mentoring.history.actions import Action

ACTIONS = (
    Action("manager.named", _("%(actor)s sent a link to the line manager of %(name)s"), "mail"),
    Action("manager.taken_back", _("%(actor)s took back the link of the line manager of %(name)s"), "undo-2"),
    Action("manager.wrote", _("The line manager of %(name)s wrote"), "message-square"),
    Action("manager.listed", _("%(actor)s put a manager onto the list of those who are asked each year"), "user-plus"),
    Action(
        "manager.unlisted", _("%(actor)s took a manager off the list of those who are asked each year"), "user-minus"
    ),
    Action("needs.asked", _("A manager was asked what their staff need in %(year)s"), "mail"),
    Action("needs.answered", _("A manager answered what their staff need"), "message-square"),
)
