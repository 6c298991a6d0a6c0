"""Somebody outside who approves that a mentee takes part, and the links that lead them to the question."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.models import TenantModel
from programmes.enums import ApprovalState
from programmes.models.outside import OutsideLink


class Approval(TenantModel):
    """One asking of one person. A newer one takes the older back; what was decided stays."""

    participant = models.ForeignKey("programmes.Participant", models.CASCADE, related_name="approvals")
    state = models.CharField(max_length=10, choices=ApprovalState, default=ApprovalState.ASKED)
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail address"))
    asked_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    response = models.OneToOneField("templates_app.Response", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_name = models.CharField(max_length=200, blank=True)
    """Whose name stands under the decision."""
    remind_at = models.DateTimeField(null=True)
    """When the tick reminds them; empty once it has, or where it never does."""

    class Meta(TenantModel.Meta):
        ordering = ["-created_at"]
        verbose_name = _("approval")
        indexes = [models.Index(fields=["organisation", "remind_at"], name="approval_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "participant"],
                condition=models.Q(state="asked"),
                name="approval_asked_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.participant_id)


class ApprovalLink(OutsideLink):
    """A link that opens one approval's page."""

    approval = models.ForeignKey("programmes.Approval", models.CASCADE, related_name="links")

    class Meta(OutsideLink.Meta):
        verbose_name = _("link to an approval")
        constraints = [models.UniqueConstraint(fields=["organisation", "token_hash"], name="approval_token_once")]

    def __str__(self) -> str:
        return str(self.approval_id)
