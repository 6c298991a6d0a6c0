"""A goal of the mentee, drafted on the goal worksheet and followed from there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.fields import SealedJSONField, SealedTextField
from mentoring.tenancy.models import TenantModel


class Goal(TenantModel):
    """A goal with its measure. ``row`` is its stable id on the worksheet; ``words``: action, result, measure.

    The mentor marks it as understood and agreed; a change of its words clears the mark (``plp.sys.110``).
    """

    pairing = models.ForeignKey("pairs.Pairing", models.CASCADE, related_name="goals")
    response = models.ForeignKey("templates_app.Response", models.CASCADE, related_name="+")
    row = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField(default=0)
    words = SealedJSONField(default=dict)
    due_on = models.DateField(null=True)
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey("pairs.PairingMember", models.SET_NULL, null=True, related_name="+")
    comment = SealedTextField(default="")
    dropped_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        ordering = ["position"]
        verbose_name = _("goal")
        constraints = [models.UniqueConstraint(fields=["organisation", "pairing", "row"], name="goal_row_once")]

    def __str__(self) -> str:
        return str(self.pk)
