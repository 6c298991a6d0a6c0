"""Who coordinates a programme, leads a partner's people, or sits in its steering group."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.models import TenantModel
from programmes.enums import ProgrammeRole


class Assignment(TenantModel):
    """A member's role in a programme. A partner lead has the partner whose people are theirs."""

    programme = models.ForeignKey("programmes.Programme", models.CASCADE, related_name="assignments")
    membership = models.ForeignKey("tenancy.Membership", models.CASCADE, related_name="assignments")
    role = models.CharField(max_length=20, choices=ProgrammeRole)
    partner = models.ForeignKey("tenancy.Partner", models.CASCADE, null=True, blank=True, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = _("role")
        constraints = [
            # Two, because SQLite does not know "nulls not distinct".
            models.UniqueConstraint(
                fields=["organisation", "programme", "membership", "role", "partner"],
                condition=models.Q(partner__isnull=False),
                name="assignment_once_a_partner",
            ),
            models.UniqueConstraint(
                fields=["organisation", "programme", "membership", "role"],
                condition=models.Q(partner__isnull=True),
                name="assignment_once",
            ),
            models.CheckConstraint(
                name="assignment_lead_has_partner",
                condition=models.Q(role="partner_lead", partner__isnull=False) | ~models.Q(role="partner_lead"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.role}"
