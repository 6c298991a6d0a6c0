"""A document that one of a pairing put there for the others."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.fields import SealedFileField, SealedTextField
from mentoring.tenancy.models import TenantModel


class SharedFile(TenantModel):
    """A file with a title and a short note, sealed. Those who were in the pairing when it was put there read it, nobody else."""

    pairing = models.ForeignKey("pairs.Pairing", models.CASCADE, related_name="files")
    member = models.ForeignKey("pairs.PairingMember", models.PROTECT, related_name="+")
    """Who put it there."""
    title = SealedTextField()
    note = SealedTextField(default="")
    name = SealedTextField()
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    """Bytes, as kept."""
    content = SealedFileField()

    class Meta(TenantModel.Meta):
        ordering = ["-created_at"]
        verbose_name = _("shared document")

    def __str__(self) -> str:
        return str(self.pk)
