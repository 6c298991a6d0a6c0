"""A follow-up action: agreed in a log or in the capacity plan, carried forward until it is done."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.fields import SealedTextField
from mentoring.tenancy.models import TenantModel
from pairs.enums import ActionKind, ActionState


class Action(TenantModel):
    """What somebody will do, by when (``plp.sys.54``, ``plp.sys.66``). ``row`` is its stable id on the worksheet, or in the file
    from which the pair took it in.
    """

    pairing = models.ForeignKey("pairs.Pairing", models.CASCADE, related_name="actions")
    kind = models.CharField(max_length=10, choices=ActionKind)
    state = models.CharField(max_length=10, choices=ActionState, default=ActionState.OPEN)
    text = SealedTextField()
    owner = models.ForeignKey("pairs.PairingMember", models.SET_NULL, null=True, related_name="actions")
    due_on = models.DateField(null=True)
    session = models.ForeignKey("pairs.Session", models.SET_NULL, null=True, related_name="actions")
    """The session where it came up."""
    response = models.ForeignKey("templates_app.Response", models.SET_NULL, null=True, related_name="+")
    field = models.CharField(max_length=60, blank=True)
    """The worksheet's field it stands in, where a worksheet has several such lists."""
    row = models.CharField(max_length=40)
    goal = models.ForeignKey("pairs.Goal", models.SET_NULL, null=True, related_name="actions")
    """What it serves, where its row names something on the page of goals."""
    warned_at = models.DateTimeField(null=True)
    """When whose it is let the partner know that it will not be done in time (``sssc.must.32``)."""
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")

    class Meta(TenantModel.Meta):
        ordering = ["state", "due_on", "created_at"]
        verbose_name = _("action")
        constraints = [models.UniqueConstraint(fields=["organisation", "pairing", "row"], name="action_row_once")]

    def __str__(self) -> str:
        return str(self.pk)
