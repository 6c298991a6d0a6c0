"""What can happen to messages, in words."""

from django.utils.translation import gettext_lazy as _

from mentoring.history.actions import Action

ACTIONS = (
    Action("notice.retried", _("%(actor)s had a message sent again"), "refresh-cw"),
    Action("notice.withdrawn", _("%(actor)s withdrew a message"), "mail-x"),
)
