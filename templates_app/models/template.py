"""A worksheet of a handbook, and its published versions."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring import clock
from mentoring.tenancy.fields import SealedTextField
from mentoring.tenancy.models import TenantModel


class Template(TenantModel):
    """A worksheet, known by a stable key within its handbook."""

    handbook = models.ForeignKey("templates_app.Handbook", models.CASCADE, related_name="templates")
    key = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(TenantModel.Meta):
        verbose_name = _("worksheet")
        ordering = ["position", "key"]
        constraints = [models.UniqueConstraint(fields=["organisation", "handbook", "key"], name="template_key_once")]

    def __str__(self) -> str:
        return self.title


class TemplateVersion(TenantModel):
    """A published version. It never changes: responses stay with the version they were written on."""

    template = models.ForeignKey("templates_app.Template", models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    """The worksheet, as ``shapes.Worksheet``."""
    published_at = models.DateTimeField(default=clock.now)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    """Null for what came with the kit."""
    reason = SealedTextField(default="", blank=True)
    """Why it was published, in the words of whoever did (``sssc.must.59``)."""
    takes_drafts = models.BooleanField(default=False)
    """Whether sheets that were begun on an earlier version and not sent yet move to this one (``moving_drafts.py``)."""

    class Meta(TenantModel.Meta):
        verbose_name = _("worksheet version")
        ordering = ["template", "number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "template", "number"], name="template_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.template_id} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A version is written once."""
        if not self._state.adding:
            raise TypeError("A published version never changes: publish the next one.")
        super().save(*args, **kwargs)
