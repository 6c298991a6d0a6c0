"""One thing that happened."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.models import TenantModel


class Event(TenantModel):
    """Who did what to what, when. Written once by ``record_event``, never changed, never deleted by the application.

    ``data`` holds keys, numbers and names of states, never what somebody wrote.
    """

    action = models.CharField(max_length=60)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    about_kind = models.CharField(max_length=40)
    about_id = models.UUIDField()
    within_kind = models.CharField(max_length=40, blank=True)
    within_id = models.UUIDField(null=True)
    """The thing whose timeline this stands on (a pairing, a cohort), when that is not the object itself."""
    data = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        ordering = ["at", "created_at"]
        verbose_name = _("event")
        indexes = [
            # Serves the organisation's history: everything, newest first.
            models.Index(fields=["organisation", "-at"], name="event_newest"),
            # Serves a timeline: everything about one thing, newest first.
            models.Index(fields=["organisation", "within_kind", "within_id", "-at"], name="event_within"),
            models.Index(fields=["organisation", "about_kind", "about_id", "-at"], name="event_about"),
        ]

    def __str__(self) -> str:
        return self.action

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """History is not deleted."""
        raise TypeError("Events are never deleted.")
