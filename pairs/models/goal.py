"""What the mentee works towards, written on worksheets and followed from there, with everything it once was."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.fields import SealedJSONField, SealedTextField
from mentoring.tenancy.models import TenantModel
from pairs.enums import GoalLevel, GoalState


class Goal(TenantModel):
    """An aspiration, a goal, a milestone or a need. ``row`` is its stable id on the worksheet; ``words``: what was written.

    ``worksheet`` and ``field`` name the list it stands in, ``parent`` what it serves. The mentor marks a goal as understood
    and agreed; a change of its words clears the mark (``plp.sys.110``).
    """

    pairing = models.ForeignKey("pairs.Pairing", models.CASCADE, related_name="goals")
    response = models.ForeignKey("templates_app.Response", models.CASCADE, related_name="+")
    worksheet = models.CharField(max_length=60)
    field = models.CharField(max_length=60)
    row = models.CharField(max_length=40)
    level = models.CharField(max_length=10, choices=GoalLevel, default=GoalLevel.GOAL)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, related_name="children")
    position = models.PositiveSmallIntegerField(default=0)
    title = SealedTextField(default="")
    """What it is called: the first answer in the worksheet's order."""
    words = SealedJSONField(default=dict)
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=GoalState, default=GoalState.OPEN)
    said = models.CharField(max_length=10, blank=True)
    """How it stands by the newest sheet: a sheet that says the same again does not undo what was marked since."""
    reached_on = models.DateField(null=True)
    shared_at = models.DateTimeField(null=True)
    """When its writer opened it to the mentoring partner, where its sheet is kept from them (``cal.sys.100``)."""
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


class GoalChange(TenantModel):
    """How a goal stood from a moment on: every wording that was sent, every date and state, and who it came from."""

    goal = models.ForeignKey("pairs.Goal", models.CASCADE, related_name="changes")
    number = models.PositiveSmallIntegerField()
    """Counts the changes of its goal: two may come in the same moment."""
    response = models.ForeignKey("templates_app.Response", models.CASCADE, related_name="+")
    """The sheet its words stood on: who may read it may read them."""
    session = models.ForeignKey("pairs.Session", models.SET_NULL, null=True, related_name="+")
    """The session where it came up."""
    words = SealedJSONField(default=dict)
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=GoalState, default=GoalState.OPEN)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")

    class Meta(TenantModel.Meta):
        ordering = ["changed_at", "number"]
        verbose_name = _("change of a goal")

    def __str__(self) -> str:
        return str(self.pk)
