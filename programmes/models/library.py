"""Files of a programme's library: what each is and for whom, and its versions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.fields import SealedFileField, SealedTextField
from mentoring.tenancy.models import TenantModel


class LibraryFile(TenantModel):
    """A document, guide or other material that people save from the library (``phase1.arch.5.a``)."""

    programme = models.ForeignKey("programmes.Programme", models.CASCADE, related_name="library_files")
    title = models.CharField(_("title"), max_length=200)
    note = models.TextField(_("what it is, and for what it helps"), blank=True, max_length=1000)
    topics = models.JSONField(default=list)
    """The words by which people look for it."""
    roles = models.JSONField(default=list)
    """Who finds it: sides of the programme, or coordinators alone; empty: everybody who reads the library."""
    added_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)
    """Taken out: coordinators alone still find it, and put it back."""

    class Meta(TenantModel.Meta):
        ordering = ["title", "id"]
        verbose_name = _("file of the library")

    def __str__(self) -> str:
        return self.title


class LibraryFileCohort(TenantModel):
    """A cohort that finds a file. One without any is for all cohorts."""

    file = models.ForeignKey("programmes.LibraryFile", models.CASCADE, related_name="for_cohorts")
    cohort = models.ForeignKey("programmes.Cohort", models.CASCADE, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = _("cohort of a file")
        constraints = [models.UniqueConstraint(fields=["organisation", "file", "cohort"], name="library_cohort_once")]

    def __str__(self) -> str:
        return f"{self.file_id} {self.cohort_id}"


class LibraryVersion(TenantModel):
    """The bytes of a file as they once were. People save the newest; older ones stay for coordinators and never change."""

    file = models.ForeignKey("programmes.LibraryFile", models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    """Bytes, as kept."""
    content = SealedFileField()
    change = SealedTextField(default="")
    """What has changed, for those who look after it."""
    added_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")

    class Meta(TenantModel.Meta):
        ordering = ["-number"]
        verbose_name = _("version of a file")
        constraints = [models.UniqueConstraint(fields=["organisation", "file", "number"], name="library_version_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"
