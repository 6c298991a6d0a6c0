"""What can happen to an agreement and to signed sheets, and how a pairing ends, in words."""

from django.utils.translation import gettext_lazy as _

from mentoring.history.actions import Action

ACTIONS = (
    Action("agreement.begun", _("%(actor)s began version %(number)s of the agreement"), "pencil"),
    Action("agreement.adapted", _("%(actor)s adapted the agreement's clauses"), "pencil"),
    Action("agreement.offered", _("%(actor)s sent version %(number)s of the agreement for signing"), "send"),
    Action("agreement.taken_back", _("%(actor)s took version %(number)s back to change it"), "undo-2"),
    Action("agreement.discarded", _("%(actor)s dropped the draft of version %(number)s"), "x"),
    Action("agreement.signed", _("%(actor)s signed version %(number)s of the agreement"), "signature"),
    Action("agreement.outside_named", _("%(actor)s named who signs the agreement as: %(label)s"), "user-round-pen"),
    Action("agreement.outside_taken_back", _("%(actor)s took back a link to sign the agreement: %(label)s"), "undo-2"),
    Action("agreement.signed_outside", _("%(name)s signed version %(number)s of the agreement"), "signature"),
    Action("agreement.declined_outside", _("%(name)s does not sign version %(number)s of the agreement"), "circle"),
    Action("agreement.in_force", _("Version %(number)s of the agreement is signed by all"), "circle-check"),
    Action("sheet.outside_named", _("%(actor)s named who signs “%(title)s” as: %(label)s"), "user-round-pen"),
    Action("sheet.outside_taken_back", _("%(actor)s took back a link to sign “%(title)s”: %(label)s"), "undo-2"),
    Action("sheet.offered", _("%(actor)s sent “%(title)s” for signing"), "send"),
    Action("sheet.signed", _("%(actor)s signed “%(title)s”"), "signature"),
    Action("sheet.signed_outside", _("Signed from outside: %(title)s"), "signature"),
    Action("sheet.declined_outside", _("Not signed by somebody from outside: %(title)s"), "circle"),
    Action("sheet.signed_by_all", _("Signed by all: %(title)s"), "circle-check"),
    Action("pairing.completed", _("%(actor)s closed the pair: it has run its course"), "flag"),
    Action("pairing.dissolved", _("The pair ended before its time"), "flag"),
)
