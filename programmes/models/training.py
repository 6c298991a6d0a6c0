"""What somebody has done of the programme's training and induction."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.models import TenantModel
from programmes.enums import TrainedBy


class Training(TenantModel):
    """A module that somebody has begun or completed. What was completed stays; when it is due again, another row begins.

    No answer to a question is kept: what counts is that all of them were right in the end.
    """

    participant = models.ForeignKey("programmes.Participant", models.CASCADE, related_name="trainings")
    module = models.CharField(max_length=60)
    pages_read = models.JSONField(default=list)
    """The places of the pages that were read."""
    completed_on = models.DateField(null=True)
    completed_by = models.CharField(max_length=12, choices=TrainedBy, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ["created_at"]
        verbose_name = _("training")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "participant", "module"],
                condition=Q(completed_on__isnull=True),
                name="training_begun_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "participant", "module", "completed_on"], name="training_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.module} {self.completed_on or ''}"
