"""Partner organisations that put people forward for a programme."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.models.base import TenantModel


class Partner(TenantModel):
    """A partner of the organisation, such as one of the four of PLP-ESS (``plp.fact.partners``)."""

    key = models.CharField(max_length=60)
    name = models.CharField(_("name"), max_length=200)
    short = models.CharField(_("short name"), max_length=60, blank=True)
    mailbox = models.EmailField(_("contact mailbox"), blank=True)
    """Hears what its lead would hear while none is named."""
    source = models.JSONField(default=list, blank=True, editable=False)

    class Meta(TenantModel.Meta):
        ordering = ["name"]
        verbose_name = _("partner")
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="partner_key_once")]

    def __str__(self) -> str:
        return self.short or self.name
