"""What somebody put into a programme's suggestion box. Nothing here, or anywhere else, tells who it was."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.fields import SealedTextField
from mentoring.tenancy.models import TenantModel


class Suggestion(TenantModel):
    """A note without a writer. Of the time only the day is kept: ``created_at`` is its beginning, for this table too.

    Who wrote it keeps a code, of which the hash is here: whoever brings the code reads the reply.
    """

    programme = models.ForeignKey("programmes.Programme", models.CASCADE, related_name="suggestions")
    day = models.DateField()
    text = SealedTextField()
    code_hash = models.CharField(max_length=64)
    reply = SealedTextField(default="")
    replied_on = models.DateField(null=True)
    is_published = models.BooleanField(default=False)
    """Everybody in the programme reads the reply. Nobody but coordinators and the writer ever reads the note."""

    class Meta(TenantModel.Meta):
        ordering = ["-day", "id"]
        verbose_name = _("suggestion")
        constraints = [models.UniqueConstraint(fields=["organisation", "code_hash"], name="suggestion_code_once")]

    def __str__(self) -> str:
        return str(self.pk)

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep no more of the time than the day."""
        self.created_at = dt.datetime.combine(self.day, dt.time(), tzinfo=dt.UTC)
        super().save(*args, **kwargs)
