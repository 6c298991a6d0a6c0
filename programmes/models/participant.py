"""A person in a cohort, their invitation, and the times they are away."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.models import TenantModel
from programmes.enums import ParticipantState, Side


class Participant(TenantModel):
    """Somebody's place in a cohort. It exists before they have an account; ``membership`` is set when they join."""

    cohort = models.ForeignKey("programmes.Cohort", models.CASCADE, related_name="participants")
    membership = models.ForeignKey("tenancy.Membership", models.PROTECT, null=True, related_name="participations")
    side = models.CharField(_("role"), max_length=10, choices=Side)
    state = models.CharField(max_length=12, choices=ParticipantState, default=ParticipantState.ACCEPTED)
    email = models.EmailField(_("e-mail address"))
    given_name = models.CharField(_("given name"), max_length=120)
    family_name = models.CharField(_("family name"), max_length=120, blank=True)
    zone = models.CharField(_("time zone"), max_length=64)
    country = models.CharField(_("country"), max_length=80, blank=True)
    employer = models.CharField(_("employer"), max_length=200, blank=True)
    title = models.CharField(_("job title"), max_length=200, blank=True)
    partner = models.ForeignKey(
        "tenancy.Partner", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("put forward by")
    )
    supervisor_email = models.EmailField(_("supervisor's e-mail address"), blank=True)
    capacity = models.PositiveSmallIntegerField(_("pairs at once"), default=1)
    enrolment = models.ForeignKey("templates_app.Response", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    decided_under = models.ForeignKey("programmes.Sheet", models.SET_NULL, null=True, related_name="+")
    """The sheet of criteria by which it was decided (``sssc.must.81``)."""
    joined_at = models.DateTimeField(null=True)
    oriented_at = models.DateTimeField(null=True)
    """When they had read what mentoring is and is not (``plp.sys.05``)."""
    learning_style = models.CharField(_("how I learn best"), max_length=300, blank=True)
    paused_at = models.DateTimeField(null=True)
    """Since when a mentor is out of the list in which mentees look for one."""

    class Meta(TenantModel.Meta):
        ordering = ["family_name", "given_name"]
        verbose_name = _("participant")
        constraints = [
            models.UniqueConstraint(Lower("email"), F("organisation"), F("cohort"), F("side"), name="participant_once")
        ]
        indexes = [models.Index(fields=["organisation", "cohort", "side", "state"], name="participant_list")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The whole name."""
        return " ".join(part for part in (self.given_name, self.family_name) if part)

    @property
    def short_name(self) -> str:
        """What to call them."""
        return self.given_name or self.name


class Invitation(TenantModel):
    """A link that lets one person take their place. Only the token's hash is kept; a new one revokes the old."""

    participant = models.ForeignKey("programmes.Participant", models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64)
    email = models.EmailField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("invitation")
        constraints = [models.UniqueConstraint(fields=["organisation", "token_hash"], name="invitation_token_once")]

    def __str__(self) -> str:
        return str(self.participant_id)


class Away(TenantModel):
    """A period in which somebody is away, for instance on mission (``plp.sys.105``). Days in their own zone."""

    participant = models.ForeignKey("programmes.Participant", models.CASCADE, related_name="away")
    starts_on = models.DateField(_("first day away"))
    ends_on = models.DateField(_("last day away"))

    class Meta(TenantModel.Meta):
        ordering = ["starts_on"]
        verbose_name = _("time away")
        constraints = [models.CheckConstraint(name="away_ends_after_start", condition=Q(ends_on__gte=F("starts_on")))]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"
