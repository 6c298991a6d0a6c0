"""What can happen to handbooks, worksheets and documents, in words. Never what somebody wrote."""

from django.utils.translation import gettext_lazy as _

from mentoring.history.actions import Action

ACTIONS = (
    Action("response.submitted", _("%(actor)s sent a worksheet"), "send"),
    Action("response.reopened", _("%(actor)s took a worksheet up again"), "rotate-ccw"),
    Action("response.replied", _("%(actor)s replied on a worksheet"), "message-circle"),
    Action("response.shared", _("%(actor)s opened a worksheet to one more reader"), "eye"),
    Action("response.unshared", _("%(actor)s closed a worksheet to a reader again"), "eye-off"),
    Action("document.requested", _("%(actor)s asked for a document"), "file-text"),
    Action("kit.loaded", _("%(actor)s loaded a kit"), "package"),
)
