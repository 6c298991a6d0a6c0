"""A form that arrived when its sender was signed out, kept until they are signed in again."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.enums import Tenancy


class KeptPost(models.Model):
    """What somebody typed, sealed with a key that is not stored: it travels in the address they come back to.

    ``holder`` and ``place`` are digests of the browser's own mark and of the form's address, so that a row tells neither
    who wrote nor where; nobody else's browser can open it, and it opens at no other form.
    """

    tenancy = Tenancy.PERSON

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    holder = models.CharField(max_length=64)
    place = models.CharField(max_length=64)
    sealed = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("kept form")
        indexes = [
            # Serves forgetting: what is too old, at every new one.
            models.Index(fields=["created_at"], name="kept_post_age"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
