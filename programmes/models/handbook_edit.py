"""What coordinators changed in their programme's handbook."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.models import TenantModel


class HandbookEdit(TenantModel):
    """One change of one part, with what stood there before: the way back, and the source of "changed since the kit"."""

    programme = models.ForeignKey("programmes.Programme", models.CASCADE, related_name="edits")
    part = models.CharField(max_length=120)
    """The part's name: ``plan``, ``agreement``, ``resources``, ``article:<key>`` …"""
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    made_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        ordering = ["-created_at"]
        verbose_name = _("change of the handbook")
        indexes = [models.Index(fields=["organisation", "programme", "part", "created_at"], name="edit_of_part")]

    def __str__(self) -> str:
        return f"{self.part} {self.created_at:%Y-%m-%d}"
