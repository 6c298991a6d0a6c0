"""Somebody's line manager, who has no account: who it is, the links that lead them to their page, and what they wrote there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.models import TenantModel
from programmes.models.outside import OutsideLink


class LineManager(TenantModel):
    """The manager of one person who takes part. There is one at a time; what an earlier one wrote stays."""

    participant = models.ForeignKey("programmes.Participant", models.CASCADE, related_name="line_managers")
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail address"))
    named_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    """When another was named, or the link was taken back."""

    class Meta(TenantModel.Meta):
        ordering = ["-created_at"]
        verbose_name = _("line manager")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "participant"],
                condition=models.Q(ended_at__isnull=True),
                name="line_manager_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.participant_id)


class ManagerLink(OutsideLink):
    """A link that opens one manager's page, again and again until its days are over."""

    manager = models.ForeignKey("programmes.LineManager", models.CASCADE, related_name="links")

    class Meta(OutsideLink.Meta):
        verbose_name = _("link for a line manager")
        constraints = [models.UniqueConstraint(fields=["organisation", "token_hash"], name="manager_token_once")]

    def __str__(self) -> str:
        return str(self.manager_id)


class ManagerWord(TenantModel):
    """What a manager sent, once. It is never changed; they may send more. ``number`` counts from one for each manager."""

    manager = models.ForeignKey("programmes.LineManager", models.CASCADE, related_name="sent")
    number = models.PositiveSmallIntegerField()
    response = models.OneToOneField("templates_app.Response", models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        ordering = ["number"]
        verbose_name = _("word of a line manager")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "manager", "number"], name="manager_word_once"),
        ]

    def __str__(self) -> str:
        return f"{self.manager_id} {self.number}"
