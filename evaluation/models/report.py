"""A frozen report: figures with their definitions, as of one instant."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.work.models import Claimable


class Report(Claimable):
    """A coordinator's weekly report of a cohort. ``figures`` is what page, mail and PDF show; it is never recomputed."""

    cohort = models.ForeignKey("programmes.Cohort", models.CASCADE, related_name="reports")
    kind = models.CharField(max_length=20, default="weekly")
    period = models.CharField(max_length=20)
    """The ISO week in the cohort's zone (``2026-W48``): a week has one report."""
    as_of = models.DateTimeField()
    figures = models.JSONField(default=dict)

    class Meta(Claimable.Meta):
        ordering = ["-as_of"]
        verbose_name = _("report")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "cohort", "kind", "period"], name="report_once_a_period")
        ]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.period}"
