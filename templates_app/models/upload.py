"""A file that somebody put into a worksheet."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.fields import SealedFileField, SealedTextField
from mentoring.tenancy.models import TenantModel


class Upload(TenantModel):
    """A file inside a response, sealed like every text. Served as a download only, to whoever may read the response."""

    response = models.ForeignKey("templates_app.Response", models.CASCADE, related_name="uploads")
    field = models.CharField(max_length=60)
    name = SealedTextField()
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    content = SealedFileField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = _("file")

    def __str__(self) -> str:
        return str(self.pk)
