"""What can happen while matching, in words."""

from django.utils.translation import gettext_lazy as _

from mentoring.history.actions import Action

ACTIONS = (
    Action("matching.asked", _("%(actor)s asked for suggested pairs"), "sparkles"),
    Action("matching.by_hand", _("%(actor)s put a pair together by hand"), "hand"),
    Action("matching.dropped", _("%(actor)s set a suggested pair aside"), "x"),
    Action("matching.restored", _("%(actor)s took a suggested pair up again"), "undo-2"),
    Action("criterion.added", _("%(actor)s added the criterion “%(title)s”"), "plus"),
    Action("criterion.weighed", _("%(actor)s changed the weight of “%(title)s”"), "scale"),
    Action("criterion.removed", _("%(actor)s removed the criterion “%(title)s”"), "minus"),
    Action("criterion.restored", _("%(actor)s put the criterion “%(title)s” back"), "undo-2"),
    Action("conflict.declared", _("%(actor)s noted a conflict between two people"), "triangle-alert"),
    Action("conflict.excepted", _("%(actor)s allowed a pair in spite of a conflict, with a note"), "triangle-alert"),
    Action("conflict.withdrawn", _("%(actor)s withdrew a conflict between two people"), "check"),
)
