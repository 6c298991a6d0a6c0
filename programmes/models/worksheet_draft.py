"""The next version of a worksheet while a coordinator works on it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring import clock
from mentoring.tenancy.models import TenantModel


class WorksheetDraft(TenantModel):
    """A worksheet as it will be: one draft for each worksheet of a programme, which its coordinators share.

    It may have faults; only what is published must be sound. Nobody but coordinators ever meets it.
    """

    programme = models.ForeignKey("programmes.Programme", models.CASCADE, related_name="worksheet_drafts")
    key = models.CharField(max_length=60)
    """The worksheet's key; there may be no template of that key yet."""
    base = models.ForeignKey("templates_app.TemplateVersion", models.CASCADE, null=True, related_name="+")
    """The version it began as a copy of; null for a new worksheet."""
    definition = models.JSONField()
    """The worksheet, in the form of ``shapes.Worksheet``, sound or not."""
    before = models.JSONField(null=True)
    """How it read before the last step, which can be taken back."""
    revision = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)

    class Meta(TenantModel.Meta):
        ordering = ["key"]
        verbose_name = _("draft of a worksheet")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "programme", "key"], name="worksheet_draft_once"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def title(self) -> str:
        """What the worksheet is going to be called."""
        return str(self.definition.get("title", ""))
