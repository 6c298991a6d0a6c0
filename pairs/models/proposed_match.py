"""A match that a coordinator proposes, and what each person in it says to it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.fields import SealedTextField
from mentoring.tenancy.models import TenantModel
from pairs.enums import MatchAnswer, PairingModel, ProposedState
from programmes.enums import Side


class ProposedMatch(TenantModel):
    """Mentors and mentees who are asked whether they begin together. States and steps: ``domain/proposing/states.py``.

    What has ended without a pairing is told to nobody but the coordinators before ``told_at``: until then it stands as open to
    everybody in it who has not said no, so that no hour tells whose no it was.
    """

    cohort = models.ForeignKey("programmes.Cohort", models.CASCADE, related_name="proposed_matches")
    model = models.CharField(max_length=10, choices=PairingModel)
    state = models.CharField(max_length=10, choices=ProposedState, default=ProposedState.OPEN)
    proposed_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    suggestion = models.ForeignKey("programmes.Proposal", models.SET_NULL, null=True, related_name="+")
    """The suggested pair that it came from, where it came from one."""
    acknowledged = models.JSONField(default=list)
    """Keys of the rules whose warning the coordinator had seen."""
    answer_by = models.DateTimeField()
    look_at = models.DateTimeField(null=True)
    """The next instant at which the tick has something to do: remind, let it lapse, or tell how it ended."""
    ended_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    """When those in it were told that it does not go ahead."""
    pairing = models.OneToOneField("pairs.Pairing", models.SET_NULL, null=True, related_name="+")
    """What came of it."""

    class Meta(TenantModel.Meta):
        ordering = ["-created_at", "pk"]
        verbose_name = _("proposed match")
        indexes = [models.Index(fields=["organisation", "look_at"], name="proposed_match_due")]
        constraints = [
            models.CheckConstraint(
                name="proposed_match_ended_when_not_open",
                condition=Q(state="open", ended_at__isnull=True) | (~Q(state="open") & Q(ended_at__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        """Whether something may still come of it."""
        return self.state == ProposedState.OPEN

    @property
    def is_pair(self) -> bool:
        """Whether it is one mentor and one mentee by its model."""
        return self.model == PairingModel.ONE_TO_ONE


class MatchPart(TenantModel):
    """Somebody in a proposed match, and what they have said to it."""

    match = models.ForeignKey("pairs.ProposedMatch", models.CASCADE, related_name="parts")
    participant = models.ForeignKey("programmes.Participant", models.CASCADE, related_name="match_parts")
    side = models.CharField(max_length=10, choices=Side)
    is_experienced = models.BooleanField(default=False)
    answer = models.CharField(max_length=3, choices=MatchAnswer, blank=True)
    word = SealedTextField(default="")
    """Why not, for the coordinators alone; nobody is asked for it."""

    class Meta(TenantModel.Meta):
        ordering = ["side", "created_at", "pk"]
        verbose_name = _("part in a proposed match")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "match", "participant"], name="match_part_once"),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.side}"
