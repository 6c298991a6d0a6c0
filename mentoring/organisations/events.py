"""What can happen to an organisation, in words."""

from django.utils.translation import gettext_lazy as _

from mentoring.history.actions import Action

ACTIONS = (
    Action("organisation.created", _("%(actor)s created the organisation"), "building-2"),
    Action("organisation.changed", _("%(actor)s changed the organisation's settings"), "settings"),
    Action("organisation.reworded", _("%(actor)s changed the organisation's own words"), "languages"),
    Action("member.added", _("%(name)s became a member"), "user-plus"),
    Action("member.changed", _("%(actor)s changed the access of %(name)s"), "user-cog"),
    Action("partner.added", _("%(actor)s added the partner %(name)s"), "handshake"),
    Action("partner.renamed", _("%(actor)s renamed the partner %(before)s to %(name)s"), "pencil"),
)
