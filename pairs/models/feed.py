"""A person's private calendar address."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.fields import SealedTextField
from mentoring.tenancy.models import TenantModel


class FeedToken(TenantModel):
    """The secret part of a member's calendar address. A new one makes the old address stop working."""

    membership = models.OneToOneField("tenancy.Membership", models.CASCADE, related_name="feed_token")
    token = SealedTextField()
    """What its owner is shown again."""
    token_hash = models.CharField(max_length=64)
    """What a call is looked up by: the table alone opens no calendar."""

    class Meta(TenantModel.Meta):
        verbose_name = _("calendar address")
        constraints = [models.UniqueConstraint(fields=["organisation", "token_hash"], name="feed_token_once")]

    def __str__(self) -> str:
        return str(self.membership_id)
