"""That a pairing ended. Thanks, and what goes on informally, are worksheets like any other."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.models import TenantModel


class Ending(TenantModel):
    """That a pairing ended and when. No reason is asked or kept, and no page tells who asked for it (``plp.sys.99``)."""

    pairing = models.OneToOneField("pairs.Pairing", models.CASCADE, related_name="ending")
    early = models.BooleanField()
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        verbose_name = _("ending")

    def __str__(self) -> str:
        return str(self.pairing_id)
