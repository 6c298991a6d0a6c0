"""Mentees who choose: their private shortlist, and what they ask of a mentor."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.fields import SealedTextField
from mentoring.tenancy.models import TenantModel
from programmes.enums import RequestState, Side

OPEN = (RequestState.DRAFT, RequestState.INVITED, RequestState.ASKED, RequestState.TALKING, RequestState.AGREED)
"""The states in which something may still come of a request."""


class Shortlisted(TenantModel):
    """A mentor whom a mentee keeps in mind. Nobody else learns of it, the mentor neither."""

    mentee = models.ForeignKey("programmes.Participant", models.CASCADE, related_name="shortlist")
    mentor = models.ForeignKey("programmes.Participant", models.CASCADE, related_name="+")

    class Meta(TenantModel.Meta):
        ordering = ["created_at"]
        verbose_name = _("mentor in mind")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "mentee", "mentor"], name="shortlisted_once"),
            models.CheckConstraint(name="shortlisted_somebody_else", condition=~Q(mentee=F("mentor"))),
        ]

    def __str__(self) -> str:
        return f"{self.mentee_id} · {self.mentor_id}"


class MentorRequest(TenantModel):
    """A mentee asks a mentor. States and steps: ``programmes/domain/choosing/states.py``.

    Who says no is kept nowhere: as a request ends without a pair, both decisions are wiped.
    """

    cohort = models.ForeignKey("programmes.Cohort", models.CASCADE, related_name="mentor_requests")
    mentee = models.ForeignKey("programmes.Participant", models.CASCADE, related_name="requests_sent")
    mentor = models.ForeignKey("programmes.Participant", models.CASCADE, related_name="requests_received")
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.DRAFT)
    response = models.OneToOneField("templates_app.Response", models.PROTECT, null=True, related_name="+")
    """What the mentee wrote to the mentor, where the handbook has a worksheet for it."""
    known_how = SealedTextField(default="")
    """Of somebody off the list: how the two know each other."""
    asked_at = models.DateTimeField(null=True)
    answer_by = models.DateTimeField(null=True)
    look_at = models.DateTimeField(null=True)
    """The next instant at which the tick has something to do: remind, or let it lapse."""
    reminded_at = models.DateTimeField(null=True)
    talk_at = models.DateTimeField(null=True)
    talk_named_by = models.CharField(max_length=10, choices=Side, blank=True)
    """Who named that time; the other agrees to it or names another."""
    talk_agreed_at = models.DateTimeField(null=True)
    mentor_wishes = models.BooleanField(null=True)
    """The mentor's private decision after the talk; only a yes is ever kept."""
    mentee_wishes = models.BooleanField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        ordering = ["asked_at", "created_at"]
        verbose_name = _("request to a mentor")
        indexes = [models.Index(fields=["organisation", "look_at"], name="mentor_request_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "mentee", "mentor"],
                condition=Q(state__in=[state.value for state in OPEN]),
                name="mentor_request_open_once",
            ),
            models.CheckConstraint(name="mentor_request_two_people", condition=~Q(mentee=F("mentor"))),
            models.CheckConstraint(
                name="mentor_request_no_is_not_kept",
                condition=(Q(mentor_wishes__isnull=True) | Q(mentor_wishes=True))
                & (Q(mentee_wishes__isnull=True) | Q(mentee_wishes=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentee_id} · {self.mentor_id}"

    @property
    def is_open(self) -> bool:
        """Whether something may still come of it."""
        return self.state in OPEN
