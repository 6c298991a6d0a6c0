"""A pairing and its members. Members have a side and a period, guarded by the database."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.models import TenantModel
from pairs.enums import PairingModel, PairingState
from programmes.enums import Side
from templates_app.shapes import ALONGSIDE


class Pairing(TenantModel):
    """Mentors and mentees on their way through a cohort's programme: one of each, or as many as its model allows."""

    cohort = models.ForeignKey("programmes.Cohort", models.PROTECT, related_name="pairings")
    model = models.CharField(max_length=10, choices=PairingModel, default=PairingModel.ONE_TO_ONE)
    state = models.CharField(max_length=10, choices=PairingState, default=PairingState.ACTIVE)
    confirmed_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    agreed_until = models.DateField(null=True)
    """The last day of the pairing as its agreement in force has it; empty: the cohort's last day."""
    notice_hours = models.PositiveSmallIntegerField(null=True)
    """So many hours ahead the agreement in force asks for, when a meeting is moved or called off; empty: the handbook's."""
    phase = models.CharField(max_length=60, blank=True)
    """Key of the phase in which they say they are, where the handbook lets pairs say so; empty: they have not."""
    writers = models.JSONField(default=dict)
    """Who writes a worksheet from now on, where they have said so: worksheet's key → ``mentor``, ``mentee``, ``together``."""
    logs_sent_at = models.DateTimeField(null=True)
    """When the mentor passed the compiled logs to the coordinator (``plp.role.mentor.25``)."""

    class Meta(TenantModel.Meta):
        ordering = ["-started_at"]
        verbose_name = _("pairing")
        indexes = [models.Index(fields=["organisation", "cohort", "state"], name="pairing_list")]
        constraints = [
            models.CheckConstraint(
                name="pairing_ended_when_not_active",
                condition=Q(state="active", ended_at__isnull=True) | (~Q(state="active") & Q(ended_at__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_active(self) -> bool:
        """Whether it is running."""
        return self.state == PairingState.ACTIVE

    @property
    def is_pair(self) -> bool:
        """Whether it is one mentor and one mentee by its model."""
        return self.model in {PairingModel.ONE_TO_ONE, PairingModel.INFORMAL}

    @property
    def is_peers(self) -> bool:
        """Whether it is people of one role among themselves."""
        return self.model == PairingModel.PEERS

    @property
    def is_alongside(self) -> bool:
        """Whether it stands alongside the handbook's path, and is counted apart."""
        return self.model in ALONGSIDE


class PairingMember(TenantModel):
    """A participant's part in a pairing, for a period. Who comes back has another row: each keeps what was owed in it."""

    pairing = models.ForeignKey("pairs.Pairing", models.CASCADE, related_name="members")
    participant = models.ForeignKey("programmes.Participant", models.PROTECT, related_name="pairing_members")
    side = models.CharField(max_length=10, choices=Side)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    is_alongside = models.BooleanField(default=False)
    """As the pairing's model has it: such a membership keeps nobody from a place in another pairing."""
    is_experienced = models.BooleanField(default=False)
    """Of several mentors the experienced one, where the model names one (``sssc.must.21``)."""
    leads = models.BooleanField(default=False)
    """Among peers: who leads the group (``phase1.must.64``)."""
    complete_at = models.DateTimeField(null=True)
    """When they said that the pairing is complete, where its handbook asks everybody for that."""
    rematch_asked_at = models.DateTimeField(null=True)
    """When they asked for another match, after it had ended."""
    rematch_decided_at = models.DateTimeField(null=True)
    rematch_granted = models.BooleanField(null=True)

    class Meta(TenantModel.Meta):
        ordering = ["side"]
        verbose_name = _("member of a pairing")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "pairing", "participant"],
                condition=Q(left_at__isnull=True),
                name="member_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["organisation", "participant"],
                condition=Q(side="mentee", left_at__isnull=True, is_alongside=False),
                name="mentee_one_pairing_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["organisation", "pairing"],
                condition=Q(is_experienced=True, left_at__isnull=True),
                name="one_experienced_mentor",
            ),
            models.UniqueConstraint(
                fields=["organisation", "pairing"], condition=Q(leads=True, left_at__isnull=True), name="one_lead"
            ),
            models.CheckConstraint(
                name="experienced_is_a_mentor", condition=Q(is_experienced=False) | Q(side="mentor")
            ),
            models.CheckConstraint(
                name="member_left_after_joining", condition=Q(left_at__isnull=True) | Q(left_at__gte=F("joined_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.side}"
