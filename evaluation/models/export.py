"""A programme taken out as files, in the background."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from evaluation.enums import ExportKind
from mentoring.tenancy.fields import SealedFileField, SealedJSONField
from mentoring.work.models import Claimable


class Export(Claimable):
    """One export: of a programme, or of one cohort or one pair of it. It holds what its maker may read when it is made."""

    programme = models.ForeignKey("programmes.Programme", models.CASCADE, related_name="exports")
    cohort = models.ForeignKey("programmes.Cohort", models.CASCADE, null=True, related_name="exports")
    pairing = models.ForeignKey("pairs.Pairing", models.CASCADE, null=True, related_name="exports")
    kind = models.CharField(max_length=10, choices=ExportKind)
    requested_by = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    begun_at = models.DateTimeField(null=True)
    """When the reading for its file began: it knows of nothing that was taken back since."""
    steps_done = models.PositiveIntegerField(default=0)
    steps_total = models.PositiveIntegerField(default=0)
    """What is counted: tables, or documents. 0 as long as it is not known."""
    papers = SealedJSONField(default=list)
    """The documents that a PDF export waits for: ``{"document": id, "path": [folder, …, name]}``."""
    filename = models.CharField(max_length=150, blank=True)
    size = models.PositiveIntegerField(default=0)
    content = SealedFileField(null=True)
    """Null until it is made, and again once it has been kept long enough."""

    class Meta(Claimable.Meta):
        ordering = ["-created_at"]
        verbose_name = _("export")
        indexes = [models.Index(fields=["organisation", "requested_by", "-created_at"], name="export_of")]

    def __str__(self) -> str:
        return f"{self.kind} {self.created_at:%Y-%m-%d}"
