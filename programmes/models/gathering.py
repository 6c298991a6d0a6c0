"""Events of a cohort, and who is invited to them."""

import datetime as dt

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.models import TenantModel
from programmes.enums import GatheringKind, GuestAnswer


class Gathering(TenantModel):
    """An event of the programme, such as an orientation call (``plp.sys.06``)."""

    cohort = models.ForeignKey("programmes.Cohort", models.CASCADE, related_name="gatherings")
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what it is about"), blank=True, max_length=4000)
    starts_at = models.DateTimeField(_("begins"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=60, validators=[MinValueValidator(10), MaxValueValidator(24 * 60)]
    )
    zone = models.CharField(_("time zone"), max_length=64)
    """The zone the coordinator wrote the time in; each guest reads their own."""
    kind = models.CharField(_("kind"), max_length=12, choices=GatheringKind, default=GatheringKind.MEETING)
    places = models.PositiveSmallIntegerField(_("places"), null=True)
    """How many can come; null: as many as like. Who says yes when all are taken waits."""
    is_open = models.BooleanField(_("everybody in the cohort may sign up"), default=False)
    module = models.CharField(_("training that it completes"), max_length=60, blank=True)
    place = models.CharField(_("place or link"), max_length=500, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    """Counts up with every change that goes out: calendars replace the event by it (RFC 5546)."""
    cancelled_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")

    class Meta(TenantModel.Meta):
        ordering = ["starts_at"]
        verbose_name = _("event")

    def __str__(self) -> str:
        return self.title

    @property
    def ends_at(self) -> dt.datetime:
        """The instant at which it is over."""
        return self.starts_at + dt.timedelta(minutes=self.minutes)


class Guest(TenantModel):
    """A participant's invitation to an event, and their answer."""

    gathering = models.ForeignKey("programmes.Gathering", models.CASCADE, related_name="guests")
    participant = models.ForeignKey("programmes.Participant", models.CASCADE, related_name="invited_to")
    answer = models.CharField(max_length=10, choices=GuestAnswer, default=GuestAnswer.OPEN)
    answered_at = models.DateTimeField(null=True)
    attended = models.BooleanField(null=True)
    """Marked by a coordinator once it has begun."""

    class Meta(TenantModel.Meta):
        verbose_name = _("guest")
        constraints = [models.UniqueConstraint(fields=["organisation", "gathering", "participant"], name="guest_once")]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.answer}"
