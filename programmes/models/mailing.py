"""Material that a coordinator has sent to people of a cohort."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.fields import SealedTextField
from mentoring.tenancy.models import TenantModel


class Mailing(TenantModel):
    """Guidance and worksheets sent as links, with a few words (``plp.sys.04``).

    Who got it, and when, is said by the messages of the outbox that are about it.
    """

    cohort = models.ForeignKey("programmes.Cohort", models.CASCADE, related_name="mailings")
    sender = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    subject = models.CharField(_("subject"), max_length=200)
    words = SealedTextField(default="")
    items = models.JSONField(default=list)
    """``[{"kind": "article" | "worksheet", "key": …}]``, in the order chosen."""

    class Meta(TenantModel.Meta):
        ordering = ["-created_at"]
        verbose_name = _("material sent")

    def __str__(self) -> str:
        return self.subject
