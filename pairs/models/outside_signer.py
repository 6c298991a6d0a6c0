"""Somebody without an account who signs a pair's agreements or a sheet too, and the links that lead them to the text."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.fields import SealedTextField
from mentoring.tenancy.models import TenantModel
from pairs.enums import OutsideState
from programmes.models import OutsideLink


class OutsideSigner(TenantModel):
    """Whom the pair or a coordinator named for one of the handbook's outside signers, and how it stands with the version
    that they were asked for last. What was signed stands in the signing events.

    For every sheet that is signed they are named by itself: who signs one sees nothing of another.
    """

    pairing = models.ForeignKey("pairs.Pairing", models.CASCADE, related_name="outside_signers")
    key = models.CharField(max_length=60)
    """Which of the handbook's outside signers they are."""
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail address"))
    named_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=OutsideState, default=OutsideState.NAMED)
    agreement = models.ForeignKey("pairs.Agreement", models.SET_NULL, null=True, related_name="+")
    """The version that they were asked for last."""
    output = models.ForeignKey("pairs.Output", models.CASCADE, null=True, related_name="outside_signers")
    """The worksheet that they sign; null where it is the agreement."""
    sheet = models.ForeignKey("pairs.SignedSheet", models.SET_NULL, null=True, related_name="+")
    """The sending of it that they were asked for last."""
    asked_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    word = SealedTextField(default="")
    """What they wrote to the pair when they declined."""
    remind_at = models.DateTimeField(null=True)
    """When the tick reminds them; empty once it has, or where it never does."""

    class Meta(TenantModel.Meta):
        verbose_name = _("signer from outside")
        indexes = [models.Index(fields=["organisation", "remind_at"], name="outside_signer_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "pairing", "key"],
                condition=models.Q(output__isnull=True),
                name="outside_signer_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "output", "key"],
                condition=models.Q(output__isnull=False),
                name="outside_signer_once_a_sheet",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.pairing_id}"


class SigningLink(OutsideLink):
    """A link that opens the text that one outside signer is asked to sign."""

    signer = models.ForeignKey("pairs.OutsideSigner", models.CASCADE, related_name="links")

    class Meta(OutsideLink.Meta):
        verbose_name = _("link to sign")
        constraints = [models.UniqueConstraint(fields=["organisation", "token_hash"], name="signing_token_once")]

    def __str__(self) -> str:
        return str(self.signer_id)
