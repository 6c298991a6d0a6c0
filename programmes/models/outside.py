"""Links that lead somebody without an account to one page."""

from django.db import models

from mentoring.tenancy.models import TenantModel


class OutsideLink(TenantModel):
    """A link that opens one page for whoever holds it. Only the token's hash is kept; a reminder brings a link of its own."""

    token_hash = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = True
