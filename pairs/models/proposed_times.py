"""Times that one of a pairing proposes for a session."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.models import TenantModel
from pairs.enums import TimesState


class ProposedTimes(TenantModel):
    """One to three times for a session, of which somebody on the other side takes one (``phase1.arch.2.b``).

    Whether they still wait for an answer is no column alone: they lapse with the last of them, and with any other date that
    the session gets (``pairs/domain/times_waiting.py``).
    """

    session = models.ForeignKey("pairs.Session", models.CASCADE, related_name="proposed_times")
    by = models.ForeignKey("pairs.PairingMember", models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=TimesState, default=TimesState.OPEN)
    starts = models.JSONField(default=list)
    """The instants as ISO 8601 in UTC, the earliest first."""
    minutes = models.PositiveSmallIntegerField()
    zone = models.CharField(max_length=64)
    """On whose clock they were chosen, as ``Session.zone``."""
    stood_at = models.DateTimeField(null=True)
    """The session's date when they were proposed; empty where it had none."""
    lapses_at = models.DateTimeField()
    """The last of the times."""
    remind_at = models.DateTimeField(null=True)
    """When whoever is asked is reminded; empty once they were, or where it would be too late."""

    class Meta(TenantModel.Meta):
        verbose_name = _("proposed times")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "session"], condition=Q(state="open"), name="times_open_once_a_session"
            )
        ]
        indexes = [models.Index(fields=["organisation", "remind_at"], name="times_to_remind")]

    def __str__(self) -> str:
        return f"{len(self.starts)} for {self.session_id}"
