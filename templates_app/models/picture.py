"""A picture that worksheets of a handbook show."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.fields import SealedFileField
from mentoring.tenancy.models import TenantModel


class Picture(TenantModel):
    """A picture to point at, once for each organisation, named by its bytes. It never changes, and is never taken away: versions
    of worksheets name it as long as there are answers on them.
    """

    kept = models.CharField(max_length=64)
    """The SHA-256 of its bytes in hexadecimal digits, as ``shapes.Picture.kept`` has it."""
    content_type = models.CharField(max_length=100)
    content = SealedFileField()

    class Meta(TenantModel.Meta):
        verbose_name = _("picture")
        constraints = [models.UniqueConstraint(fields=["organisation", "kept"], name="picture_once")]

    def __str__(self) -> str:
        return self.kept
