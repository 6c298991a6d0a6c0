"""The page of a programme that all staff read without an account: its address, and whether it is open."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.models import TenantModel


class PublicNotice(TenantModel):
    """How a programme's notice stands. What stands on it comes from the handbook and from nobody who takes part."""

    programme = models.ForeignKey("programmes.Programme", models.CASCADE, related_name="public_notices")
    code = models.CharField(max_length=20)
    """The part of its address that nobody guesses; it is printed, so it stays the same."""
    is_open = models.BooleanField(default=False)
    contact = models.CharField(_("whom to ask"), max_length=300, blank=True)
    """What the coordinators want to stand there: an address, a telephone number, a name or nothing."""
    may_be_found = models.BooleanField(default=False)
    """Search engines may list it."""

    class Meta(TenantModel.Meta):
        verbose_name = _("notice for all staff")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "programme"], name="public_notice_once"),
            models.UniqueConstraint(fields=["organisation", "code"], name="public_notice_code_once"),
        ]

    def __str__(self) -> str:
        return str(self.programme_id)
