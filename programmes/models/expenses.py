"""What somebody asks to be paid back, and what was decided."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.fields import SealedFileField, SealedTextField
from mentoring.tenancy.models import TenantModel
from programmes.enums import ClaimState


class Claim(TenantModel):
    """A claim for expenses: between who makes it and the coordinators. The mentoring partner sees nothing of it."""

    participant = models.ForeignKey("programmes.Participant", models.CASCADE, related_name="claims")
    state = models.CharField(max_length=10, choices=ClaimState, default=ClaimState.DRAFT)
    sent_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    reason = SealedTextField(default="")
    """Why it was declined."""
    paid_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        ordering = ["-created_at"]
        verbose_name = _("claim for expenses")

    def __str__(self) -> str:
        return str(self.pk)


class ClaimLine(TenantModel):
    """One expense of a claim, with its receipt where there is one."""

    claim = models.ForeignKey("programmes.Claim", models.CASCADE, related_name="lines")
    spent_on = models.DateField()
    kind = models.CharField(max_length=60)
    """One of the handbook's kinds, by its key."""
    what = SealedTextField(default="")
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    currency = models.CharField(max_length=3)
    """ISO 4217."""
    receipt_name = SealedTextField(default="")
    receipt_type = models.CharField(max_length=100, blank=True)
    receipt = SealedFileField(null=True)

    class Meta(TenantModel.Meta):
        ordering = ["spent_on", "created_at"]
        verbose_name = _("expense")

    def __str__(self) -> str:
        return str(self.pk)
