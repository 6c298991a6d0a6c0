"""That the evaluation was sent, to whom, and how often they were reminded. What is owed stands in ``pairs.Output``."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.models import TenantModel


class EvaluationRound(TenantModel):
    """The coordinator's sending of the evaluation to one pairing (``plp.sys.83``–``85``)."""

    pairing = models.OneToOneField("pairs.Pairing", models.CASCADE, related_name="evaluation_round")
    sent_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField()
    url = models.URLField(blank=True)
    """Empty: the form inside. Otherwise the form elsewhere, as it stood when it was sent."""

    class Meta(TenantModel.Meta):
        ordering = ["-sent_at"]
        verbose_name = _("evaluation")

    def __str__(self) -> str:
        return str(self.pairing_id)
