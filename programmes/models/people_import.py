"""A file of people on its way into a cohort."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.fields import SealedJSONField
from mentoring.tenancy.models import TenantModel
from programmes.enums import ImportState


class ImportMapping(TenantModel):
    """Which column means what, remembered for files with the same heading."""

    headings_hash = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)

    class Meta(TenantModel.Meta):
        verbose_name = _("column mapping")
        constraints = [models.UniqueConstraint(fields=["organisation", "headings_hash"], name="import_mapping_once")]

    def __str__(self) -> str:
        return self.headings_hash[:8]


class PeopleImport(TenantModel):
    """One uploaded file: its rows wait here, sealed, until they are imported whole or dropped."""

    cohort = models.ForeignKey("programmes.Cohort", models.CASCADE, related_name="imports")
    uploaded_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    filename = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.UPLOADED)
    headings = models.JSONField(default=list)
    rows = SealedJSONField(default=list)
    """``[[line, [cell, …]], …]``."""
    row_count = models.PositiveIntegerField(default=0)
    mapping = models.JSONField(default=dict)
    accepted = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    duplicates = models.PositiveIntegerField(default=0)
    applied_at = models.DateTimeField(null=True)

    remarks: tuple[str, ...] = ()
    """What reading the file gave to say, once, after the upload. It is not kept."""

    class Meta(TenantModel.Meta):
        ordering = ["-created_at"]
        verbose_name = _("import of people")

    def __str__(self) -> str:
        return self.filename
