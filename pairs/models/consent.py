"""What the mentee lets reach the coordinator."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.models import TenantModel


class Consent(TenantModel):
    """One answer to "may this kind of record reach the coordinator?". The newest answer for an item counts
    (``plp.agree.consent``, ``plp.sys.95``).
    """

    pairing = models.ForeignKey("pairs.Pairing", models.CASCADE, related_name="consents")
    member = models.ForeignKey("pairs.PairingMember", models.PROTECT, related_name="consents")
    item = models.CharField(max_length=60)
    given = models.BooleanField()
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        ordering = ["at"]
        verbose_name = _("consent")
        indexes = [models.Index(fields=["organisation", "pairing", "item", "-at"], name="consent_latest")]

    def __str__(self) -> str:
        return f"{self.item}: {self.given}"
