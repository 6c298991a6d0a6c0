"""What leads to pairs: criteria, conflicts, and suggested pairs with their reasons."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.fields import SealedJSONField, SealedTextField
from mentoring.tenancy.models import TenantModel
from mentoring.work.models import Claimable
from programmes.enums import ConflictKind


class Criterion(TenantModel):
    """One reason for a match, with its weight; coordinators add, weight and remove them (``plp.sys.12``)."""

    programme = models.ForeignKey("programmes.Programme", models.CASCADE, related_name="criteria")
    key = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    title = models.CharField(_("title"), max_length=200)
    mentor_field = models.CharField(max_length=60)
    mentee_field = models.CharField(max_length=60)
    weight = models.PositiveSmallIntegerField(_("weight"), default=10)
    sensitive = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    removed_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        ordering = ["position", "title"]
        verbose_name = _("criterion")
        constraints = [models.UniqueConstraint(fields=["organisation", "programme", "key"], name="criterion_key_once")]

    def __str__(self) -> str:
        return self.title


class Conflict(TenantModel):
    """Two people who should not be paired without a second look."""

    cohort = models.ForeignKey("programmes.Cohort", models.CASCADE, related_name="conflicts")
    mentor = models.ForeignKey("programmes.Participant", models.CASCADE, related_name="+")
    mentee = models.ForeignKey("programmes.Participant", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=ConflictKind)
    note = SealedTextField(default="")
    declared_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    exception = SealedTextField(null=True)
    """Why a coordinator allows a pair of the two all the same; null where nobody does."""
    excepted_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    sheet = models.ForeignKey("programmes.Sheet", models.SET_NULL, null=True, related_name="+")
    """What those who run the programme have weighed about the two, where the handbook asks for it."""

    class Meta(TenantModel.Meta):
        verbose_name = _("conflict")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "cohort", "mentor", "mentee", "kind"], name="conflict_once"
            ),
            models.CheckConstraint(name="conflict_two_people", condition=~Q(mentor=F("mentee"))),
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} · {self.mentee_id}"


class MatchRun(Claimable):
    """One calculation of suggested pairs for a cohort, made in the background."""

    cohort = models.ForeignKey("programmes.Cohort", models.CASCADE, related_name="match_runs")
    requested_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    unmatched = models.JSONField(default=list)
    """``[{"participant": id, "reason": key, …}]``: who is left and why."""

    class Meta(Claimable.Meta):
        ordering = ["-created_at"]
        verbose_name = _("matching run")

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.created_at:%Y-%m-%d}"


class Proposal(TenantModel):
    """A suggested pair. ``reasons``: per criterion ``{"key", "title", "points", "of", "words", "shared"}``."""

    run = models.ForeignKey("programmes.MatchRun", models.CASCADE, related_name="proposals")
    mentor = models.ForeignKey("programmes.Participant", models.CASCADE, related_name="+")
    mentee = models.ForeignKey("programmes.Participant", models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField()
    reasons = SealedJSONField(default=list)
    warnings = models.JSONField(default=list)
    """``[{"kind", "words"}]``: each must be acknowledged before the pair is confirmed."""
    set_by_hand = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        ordering = ["-score", "id"]
        verbose_name = _("suggested pair")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "run", "mentor", "mentee"], name="proposal_once")
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} · {self.mentee_id}"
