"""Concerns for somebody's safety or about conduct: who has them, what was written, where they stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.fields import SealedJSONField, SealedTextField
from mentoring.tenancy.models import TenantModel
from programmes.enums import ConcernState, HeldAs


class Concern(TenantModel):
    """What a participant is worried about. Its leads read it and nobody else; who raised it reads their own words.

    ``answers`` holds what was chosen and said about telling first: what it is about, and ``told`` with its day or reason.
    """

    participant = models.ForeignKey("programmes.Participant", models.CASCADE, related_name="concerns")
    about = models.ForeignKey("tenancy.Membership", models.SET_NULL, null=True, related_name="+")
    """Whom it is about, where they have a place here: it never reaches them."""
    state = models.CharField(max_length=12, choices=ConcernState, default=ConcernState.RAISED)
    text = SealedTextField()
    answers = SealedJSONField(default=dict)
    raised_at = models.DateTimeField()
    """When it was raised, or raised anew: from then on it waits to be acknowledged."""
    acknowledged_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        ordering = ["-created_at"]
        verbose_name = _("concern")
        indexes = [
            models.Index(fields=["organisation", "raised_at"], name="concern_waits", condition=models.Q(state="raised"))
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ConcernLead(TenantModel):
    """Somebody who has a concern in hand, and as what. Whether they still read it is worked out when they look."""

    concern = models.ForeignKey("programmes.Concern", models.CASCADE, related_name="leads")
    membership = models.ForeignKey("tenancy.Membership", models.CASCADE, related_name="+")
    held_as = models.CharField(max_length=12, choices=HeldAs)
    partner = models.ForeignKey("tenancy.Partner", models.CASCADE, null=True, related_name="+")
    """Whose lead they have it as; null: the programme's."""

    class Meta(TenantModel.Meta):
        ordering = ["created_at"]
        verbose_name = _("lead of a concern")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "concern", "membership"], name="concern_lead_once")
        ]

    def __str__(self) -> str:
        return str(self.membership_id)


class ConcernNote(TenantModel):
    """What was written later: by a lead for the leads, by a lead for who raised it too, or by who raised it."""

    concern = models.ForeignKey("programmes.Concern", models.CASCADE, related_name="notes")
    author = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    is_shared = models.BooleanField(default=False)
    """Who raised it reads it."""
    text = SealedTextField()

    class Meta(TenantModel.Meta):
        ordering = ["created_at"]
        verbose_name = _("note")

    def __str__(self) -> str:
        return str(self.pk)
