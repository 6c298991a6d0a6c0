"""What somebody wrote on a worksheet."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.fields import SealedJSONField
from mentoring.tenancy.models import TenantModel


class ResponseState(models.TextChoices):
    """Where a response stands. A reopened one is a draft that was sent before."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("sent")
    REOPENED = "reopened", _("reopened")


class Response(TenantModel):
    """A worksheet's answers. Reached only through its owner (an output, an enrolment), which decides who may read it.

    ``facts`` (choices, scales, numbers, dates, ticks) are plain: reports compute on them. ``texts`` (everything written)
    are sealed. ``revision`` counts saves: a save must name the one it started from.
    """

    version = models.ForeignKey("templates_app.TemplateVersion", models.PROTECT, related_name="responses")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    """Null where several write it together."""
    state = models.CharField(max_length=10, choices=ResponseState, default=ResponseState.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    facts = models.JSONField(default=dict)
    texts = SealedJSONField(default=dict)
    answered = models.PositiveSmallIntegerField(default=0)
    asked = models.PositiveSmallIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    last_key = models.CharField(max_length=40, blank=True)
    """The form's own key of the last save: the same POST twice is one save."""
    has_earlier = models.BooleanField(default=False)
    """Whether it was begun on an earlier version that held answers for which this one has no place (``EarlierAnswers``)."""

    class Meta(TenantModel.Meta):
        verbose_name = _("response")

    def __str__(self) -> str:
        return f"{self.version_id} {self.state}"

    @property
    def is_submitted(self) -> bool:
        """Whether it has been sent (and not taken up again)."""
        return self.state == ResponseState.SUBMITTED


class SideDraft(TenantModel):
    """What somebody was saving when another save came first. Kept whole until they have settled both."""

    response = models.ForeignKey("templates_app.Response", models.CASCADE, related_name="side_drafts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    base_revision = models.PositiveIntegerField()
    facts = models.JSONField(default=dict)
    texts = SealedJSONField(default=dict)
    save_key = models.CharField(max_length=40, blank=True)
    """The form it came from: a later save of the same form replaces what this one holds."""
    settled_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("set-aside draft")

    def __str__(self) -> str:
        return str(self.response_id)


class EarlierAnswers(TenantModel):
    """What of a response had no place when it moved on from an earlier version of its worksheet, as it was written there.

    Shown to who writes the response, until a later version asks for it again (``moving_drafts.py``).
    """

    response = models.ForeignKey("templates_app.Response", models.CASCADE, related_name="earlier")
    version = models.ForeignKey("templates_app.TemplateVersion", models.PROTECT, related_name="+")
    facts = models.JSONField(default=dict)
    texts = SealedJSONField(default=dict)

    class Meta(TenantModel.Meta):
        ordering = ["created_at"]
        verbose_name = _("answers on an earlier version")

    def __str__(self) -> str:
        return str(self.response_id)
