"""Managers who are asked once a year what their staff could use mentoring for, and what they answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.models import TenantModel
from programmes.models.outside import OutsideLink


class StaffManager(TenantModel):
    """Somebody whom a programme asks about their staff's needs, whether any of them takes part or not. They have no account."""

    programme = models.ForeignKey("programmes.Programme", models.CASCADE, related_name="staff_managers")
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail address"))
    unit = models.CharField(_("unit or team"), max_length=200, blank=True)
    added_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")

    class Meta(TenantModel.Meta):
        ordering = ["unit", "name", "id"]
        verbose_name = _("manager")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "programme", "email"], name="staff_manager_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class NeedsAsking(TenantModel):
    """One manager asked in one planning year. There is no second one of that year, whatever becomes of the list."""

    programme = models.ForeignKey("programmes.Programme", models.CASCADE, related_name="needs_askings")
    year = models.PositiveSmallIntegerField()
    """The calendar year in which the planning year begins."""
    name = models.CharField(max_length=200)
    email = models.EmailField()
    unit = models.CharField(max_length=200, blank=True)
    response = models.OneToOneField("templates_app.Response", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        ordering = ["unit", "name", "id"]
        verbose_name = _("question to a manager")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "programme", "year", "email"], name="needs_asked_once"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.pk}"


class NeedsLink(OutsideLink):
    """A link that opens the question to one manager."""

    asking = models.ForeignKey("programmes.NeedsAsking", models.CASCADE, related_name="links")

    class Meta(OutsideLink.Meta):
        verbose_name = _("link to a question to a manager")
        constraints = [models.UniqueConstraint(fields=["organisation", "token_hash"], name="needs_token_once")]

    def __str__(self) -> str:
        return str(self.asking_id)
