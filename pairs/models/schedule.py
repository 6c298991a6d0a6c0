"""What a pair agreed about when and where it meets."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.models import TenantModel
from programmes.enums import Side


class Schedule(TenantModel):
    """Frequency, platform, link and length, agreed once for all sessions (``plp.sys.21``)."""

    pairing = models.OneToOneField("pairs.Pairing", models.CASCADE, related_name="schedule")
    frequency = models.CharField(_("how often"), max_length=60, blank=True)
    platform = models.CharField(_("platform"), max_length=60, blank=True)
    platform_other = models.CharField(_("other platform"), max_length=100, blank=True)
    link = models.URLField(_("meeting link"), max_length=500, blank=True)
    minutes = models.PositiveSmallIntegerField(_("length in minutes"), default=60)
    running_duties = models.CharField(max_length=10, choices=Side, default=Side.MENTOR)
    """Who keeps agenda, next date and reminders (``plp.sys.119``)."""
    introduction_sent_at = models.DateTimeField(null=True)
    invitations_sent_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("schedule")

    def __str__(self) -> str:
        return str(self.pairing_id)
