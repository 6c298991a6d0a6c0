"""What a participant brings to the coordinator in private; open until closed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.fields import SealedTextField
from mentoring.tenancy.models import TenantModel
from programmes.enums import IssueKind


class Issue(TenantModel):
    """A private matter between one participant and the coordinators. The mentoring partner never sees it."""

    participant = models.ForeignKey("programmes.Participant", models.CASCADE, related_name="issues")
    kind = models.CharField(max_length=10, choices=IssueKind)
    text = SealedTextField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")

    class Meta(TenantModel.Meta):
        ordering = [models.F("closed_at").asc(nulls_first=True), "-created_at"]  # open ones first, newest first
        verbose_name = _("issue")
        indexes = [
            models.Index(fields=["organisation", "participant"], name="issue_of", condition=models.Q(closed_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class IssueNote(TenantModel):
    """An answer within an issue, from either side."""

    issue = models.ForeignKey("programmes.Issue", models.CASCADE, related_name="notes")
    author = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    text = SealedTextField()

    class Meta(TenantModel.Meta):
        ordering = ["created_at"]
        verbose_name = _("note")

    def __str__(self) -> str:
        return str(self.pk)
