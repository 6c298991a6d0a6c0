"""A worksheet as it was sent to be signed: frozen words, and how far the signing has come."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.fields import SealedJSONField
from mentoring.tenancy.models import TenantModel
from pairs.enums import AgreementState


class SignedSheet(TenantModel):
    """One sending of a worksheet that is signed. Its content never changes: taking the sheet up again replaces it.

    It begins as ``offered`` and goes the agreement's way from there (``domain/agreement_states.py``).
    """

    pairing = models.ForeignKey("pairs.Pairing", models.CASCADE, related_name="signed_sheets")
    output = models.ForeignKey("pairs.Output", models.CASCADE, related_name="signed_sheets")
    number = models.PositiveSmallIntegerField()
    """Counts the sendings of this sheet."""
    state = models.CharField(max_length=10, choices=AgreementState, default=AgreementState.OFFERED)
    content = SealedJSONField(default=dict)
    """All that everybody signs, complete in itself (``domain/signed_sheets/wording.py``)."""
    content_sha256 = models.CharField(max_length=64)
    offered_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    remind_at = models.DateTimeField(null=True)
    """When the tick reminds those with an account whose turn it is; empty once it has, or where it never does."""

    class Meta(TenantModel.Meta):
        ordering = ["-number"]
        verbose_name = _("signed sheet")
        indexes = [models.Index(fields=["organisation", "remind_at"], name="signed_sheet_due")]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "output", "number"], name="signed_sheet_number_once"),
            models.UniqueConstraint(
                fields=["organisation", "output"],
                condition=models.Q(state__in=["offered", "signed"]),
                name="signed_sheet_one_that_counts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.output_id} v{self.number}"
