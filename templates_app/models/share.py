"""An author opens what they wrote to more people, and may take that back."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring import clock
from mentoring.tenancy.models import TenantModel


class Share(TenantModel):
    """One audience let in to one response, by its author."""

    class Audience(models.TextChoices):
        """Whom a response may be opened to beyond what its worksheet says."""

        PARTNER = "partner", _("mentoring partner")
        COORDINATOR = "coordinator", _("programme coordinator")

    response = models.ForeignKey("templates_app.Response", models.CASCADE, related_name="shares")
    audience = models.CharField(max_length=12, choices=Audience)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    given_at = models.DateTimeField(default=clock.now)
    taken_back_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("share")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "response", "audience"],
                condition=models.Q(taken_back_at__isnull=True),
                name="share_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.response_id} → {self.audience}"
