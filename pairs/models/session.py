"""A meeting of a pair."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.models import TenantModel
from pairs.enums import SessionState


class Session(TenantModel):
    """A numbered session, or an extra meeting under session 1 (``part`` > 0): to get to know each other (``plp.sys.112``), or
    of one mentee of a group with the mentors.

    ``starts_at`` is UTC; ``zone`` is where it was planned, so that a change of tz rules can be worked out again.
    ``sequence`` and ``invited_sequence`` follow RFC 5545: what was last sent, against how it stands.
    """

    pairing = models.ForeignKey("pairs.Pairing", models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    part = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=SessionState, default=SessionState.PLANNED)
    starts_at = models.DateTimeField(null=True)
    minutes = models.PositiveSmallIntegerField(default=60)
    zone = models.CharField(max_length=64, blank=True)
    link = models.URLField(max_length=500, blank=True)
    way = models.CharField(max_length=60, blank=True)
    """One of the handbook's ways of meeting (``Plan.platforms``); empty: as the pair usually meets."""
    place = models.CharField(max_length=200, blank=True)
    is_private = models.BooleanField(null=True)
    """Whether nobody overhears them there, where that is asked."""
    is_late = models.BooleanField(default=False)
    """Moved or called off at shorter notice than agreed."""
    sequence = models.PositiveIntegerField(default=0)
    invited_sequence = models.IntegerField(default=-1)
    held_at = models.DateTimeField(null=True)
    planned_at = models.DateTimeField(null=True)
    """When a held session was to begin, so that marking it by mistake can be taken back. Set only while it is held."""
    held_minutes = models.PositiveSmallIntegerField(null=True)
    mentee = models.ForeignKey("programmes.Participant", models.PROTECT, null=True, related_name="+")
    """In a group: the one mentee whom the mentors meet alone (``sssc.must.20``); null where everybody meets."""

    class Meta(TenantModel.Meta):
        ordering = ["number", "part"]
        verbose_name = _("session")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "pairing", "number", "part"], name="session_number_once"),
            models.CheckConstraint(
                name="session_held_has_date", condition=~Q(state="held") | Q(starts_at__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["organisation", "starts_at"], name="session_by_date")]

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def is_let_go(self) -> bool:
        """Called off before it ever had a date: nobody is asked for one any more."""
        return self.state == SessionState.CANCELLED and self.starts_at is None
