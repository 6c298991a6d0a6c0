"""One message to one person."""

import datetime as dt
import hashlib

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring import clock
from mentoring.tenancy.fields import SealedJSONField
from mentoring.work.models import Claimable


class Message(Claimable):
    """A row of the outbox, written in the business transaction. ``occasion`` makes it unique: nothing is sent twice."""

    kind = models.CharField(max_length=60)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    email = models.EmailField()
    language = models.CharField(max_length=10, default="en-gb")
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.UUIDField(null=True)
    occasion = models.CharField(max_length=200)
    context = SealedJSONField(default=dict)
    """What the template needs, as plain values. Names, dates and links: nothing confidential."""
    attachments = SealedJSONField(default=list)
    """Small text files (calendar invitations): ``{"name", "type", "body"}``."""
    by_mail = models.BooleanField(default=True)
    """False when the person has muted this group: it then stands in their inbox only."""
    visible_from = models.DateTimeField(default=clock.now)
    """From when on it stands in the recipient's inbox. ``not_before`` moves on with every attempt by mail; this does not."""
    read_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    LEASE = dt.timedelta(minutes=5)
    """Longer than the slowest conversation with a mail server can take, each of whose steps may take ``EMAIL_TIMEOUT``."""

    class Meta(Claimable.Meta):
        verbose_name = _("message")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "email", "occasion"], name="message_occasion_once")
        ]
        indexes = [
            # Serves delivery: what is waiting or abandoned.
            models.Index(
                fields=["organisation", "not_before"],
                name="message_waiting",
                condition=models.Q(state__in=["queued", "running"]),
            ),
            models.Index(fields=["organisation", "recipient", "-created_at"], name="message_inbox"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.occasion}"

    @property
    def message_id(self) -> str:
        """A Message-ID that is the same at every attempt, so that the one unavoidable double can be seen as one."""
        domain = settings.SITE_URL.split("://")[-1].split("/")[0].split(":")[0]
        return f"<{hashlib.sha256(str(self.pk).encode()).hexdigest()[:40]}@{domain}>"
