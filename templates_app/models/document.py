"""A rendered PDF: made in the background, kept sealed, and retried where it fails."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.fields import SealedFileField
from mentoring.work.models import Claimable


class Document(Claimable):
    """One PDF of one thing as it stood. ``kind`` names the registered renderer, ``subject`` what it renders."""

    kind = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    revision = models.CharField(max_length=80, blank=True)
    """What the subject looked like (a revision number, a fingerprint): the same one is rendered once."""
    sources = models.JSONField(default=list, blank=True)
    """Ids of what goes in, where who may read the document hangs on each of them."""
    title = models.CharField(max_length=250)
    filename = models.CharField(max_length=150)
    language = models.CharField(max_length=10, default="en-gb")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    content = SealedFileField(null=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta(Claimable.Meta):
        verbose_name = _("document")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "subject_kind", "subject_id", "revision"], name="document_once"
            )
        ]

    def __str__(self) -> str:
        return self.title
