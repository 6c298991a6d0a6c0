"""Events of a cohort, who is invited to them, and how they were."""

import datetime as dt

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.fields import SealedTextField
from mentoring.tenancy.models import TenantModel
from programmes.enums import AsksGuests, GuestAnswer


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
    kind = models.CharField(_("kind"), max_length=60, blank=True)
    """In the coordinator's own words: a webinar, a workshop (``phase1.arch.6.c``)."""
    places = models.PositiveSmallIntegerField(_("places"), null=True)
    """How many can come; null: as many as like. Who says yes when all are taken waits."""
    is_open = models.BooleanField(_("everybody in the cohort may sign up"), default=False)
    module = models.CharField(_("training that it completes"), max_length=60, blank=True)
    place = models.CharField(_("place or link"), max_length=500, blank=True)
    asks = models.CharField(
        _("ask afterwards how it was"), max_length=10, choices=AsksGuests, default=AsksGuests.NAMELESS
    )
    asks_until = models.DateTimeField(null=True)
    """Until when those who were there may say how it was; set when it is first noted who was."""
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
    """When they answered or, for who waited, got their place."""
    attended = models.BooleanField(null=True)
    """Marked by a coordinator once it has begun."""
    said_how_it_was = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("guest")
        constraints = [models.UniqueConstraint(fields=["organisation", "gathering", "participant"], name="guest_once")]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.answer}"


class GatheringFeedback(TenantModel):
    """How an event was for one of those who were there.

    Where the words stand without names, no guest is kept, and no time but the event's own: all rows of it are made as it ended.
    """

    gathering = models.ForeignKey("programmes.Gathering", models.CASCADE, related_name="feedback")
    guest = models.OneToOneField("programmes.Guest", models.CASCADE, null=True, related_name="feedback")
    score = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    words = SealedTextField(default="")

    class Meta(TenantModel.Meta):
        ordering = ["id"]
        verbose_name = _("feedback on an event")

    def __str__(self) -> str:
        return str(self.pk)

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep no more of the time than when the event was over."""
        self.created_at = self.gathering.ends_at
        super().save(*args, **kwargs)
