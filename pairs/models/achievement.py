"""What somebody has achieved, as it may be said aloud."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.fields import SealedTextField
from mentoring.tenancy.models import TenantModel


class Achievement(TenantModel):
    """One achievement of one person: theirs to read and to show as a certificate, and the coordinators' who record it."""

    participant = models.ForeignKey("programmes.Participant", models.CASCADE, related_name="achievements")
    pairing = models.ForeignKey("pairs.Pairing", models.CASCADE, null=True, related_name="achievements")
    """The pairing that was completed, where it was recorded by itself."""
    what = SealedTextField()
    hours = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    """Hours that count as professional development; null where it does not count as such."""
    achieved_on = models.DateField()
    recorded_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    """Null where it was recorded by itself."""

    class Meta(TenantModel.Meta):
        ordering = ["-achieved_on", "-created_at"]
        verbose_name = _("achievement")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "participant", "pairing"],
                condition=models.Q(pairing__isnull=False),
                name="achievement_once_a_pairing",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
