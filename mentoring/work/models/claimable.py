"""A row of work that one worker at a time may do, and that survives every crash."""

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring import clock
from mentoring.tenancy.models.base import TenantModel
from mentoring.tenancy.swapping import swap


class State(models.TextChoices):
    """Where a piece of work stands."""

    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("being made")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


class Claimable(TenantModel):
    """Work as a row: claimed by compare-and-swap for a lease; a lease that runs out may be claimed again."""

    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(default=clock.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    """What kind of failure it was, in words for staff; never content."""
    done_at = models.DateTimeField(null=True, blank=True)

    LEASE = dt.timedelta(minutes=2)
    MAX_ATTEMPTS = 8

    class Meta(TenantModel.Meta):
        abstract = True

    @classmethod
    def ready(cls, now: dt.datetime) -> models.QuerySet[Any]:
        """Rows that may be claimed: queued and due, or running under a lease that has run out."""
        queued = models.Q(state=State.QUEUED, not_before__lte=now)
        abandoned = models.Q(state=State.RUNNING, lease_until__lte=now)
        return cls.objects.filter(queued | abandoned).order_by("not_before", "id")

    def claim(self, now: dt.datetime) -> bool:
        """Take this row for a lease. False when it is not ready (any more), or another worker was faster.

        What was read does not have to be fresh or ready: a row that somebody works on, or that is settled, is not taken.
        """
        lease = now + self.LEASE
        as_read = self.ready(now).filter(pk=self.pk, state=self.state, lease_until=self.lease_until)
        taken = as_read.update(state=State.RUNNING, lease_until=lease, attempts=models.F("attempts") + 1)
        if taken:
            self.state, self.lease_until, self.attempts = State.RUNNING, lease, self.attempts + 1
        return bool(taken)

    def finish(self, **values: Any) -> bool:
        """Mark done, if the claim still holds. False when the lease was lost meanwhile."""
        return self._settle(state=State.DONE, done_at=clock.now(), error="", **values)

    def fail(self, reason: str, *, again_at: dt.datetime | None, **values: Any) -> bool:
        """Note why it failed; try again at ``again_at``, or give up for a person to see when that is ``None``."""
        if again_at is None:
            return self._settle(state=State.FAILED, error=reason[:300], **values)
        return self._settle(state=State.QUEUED, not_before=again_at, error=reason[:300], **values)

    def cancel(self, reason: str) -> bool:
        """Give up a claimed row because it is no longer wanted."""
        return self._settle(state=State.CANCELLED, error=reason[:300])

    def _settle(self, **values: Any) -> bool:
        held = type(self).objects.filter(state=State.RUNNING, lease_until=self.lease_until)
        return swap(self, held, lease_until=None, **values)
