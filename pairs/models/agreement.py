"""The partnership agreement: versions, and the append-only chain of what was signed, for signed sheets as well."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.fields import SealedJSONField, SealedTextField
from mentoring.tenancy.models import TenantModel
from pairs.enums import AgreementState


class Agreement(TenantModel):
    """One version of a pair's agreement. Once offered its content never changes: a change is the next version."""

    pairing = models.ForeignKey("pairs.Pairing", models.CASCADE, related_name="agreements")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=AgreementState, default=AgreementState.DRAFT)
    response = models.ForeignKey("templates_app.Response", models.PROTECT, related_name="+")
    """What the pair writes into it, with drafts and conflicts handled as for every worksheet."""
    revision = models.PositiveIntegerField(default=0)
    """Counts changes of the clauses."""
    clauses = SealedJSONField(default=dict)
    """The pair's own wording, by clause key: ``{"text", "parts": {key: text}, "left_out": bool}``."""
    content = SealedJSONField(default=dict)
    """The whole text as offered for signature (``domain/agreement_text.py``); empty while it is being written."""
    content_sha256 = models.CharField(max_length=64, blank=True)
    offered_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    document = models.ForeignKey("templates_app.Document", models.SET_NULL, null=True, related_name="+")

    class Meta(TenantModel.Meta):
        ordering = ["-number"]
        verbose_name = _("agreement")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "pairing", "number"], name="agreement_number_once"),
            models.UniqueConstraint(
                fields=["organisation", "pairing"],
                condition=models.Q(state__in=["draft", "offered"]),
                name="agreement_one_open_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pairing_id} v{self.number}"


class SigningEvent(TenantModel):
    """A signature, or another step of signing. Written once; each names the fingerprint of the one before.

    Unknown fields stay empty and are printed as "not recorded": evidence is never filled in by default.
    """

    agreement = models.ForeignKey("pairs.Agreement", models.PROTECT, null=True, related_name="signing_events")
    sheet = models.ForeignKey("pairs.SignedSheet", models.PROTECT, null=True, related_name="signing_events")
    """What is signed: a version of the agreement, or a sheet as it was sent; never both."""
    position = models.PositiveSmallIntegerField()
    action = models.CharField(max_length=20)
    """``offered``, ``signed``, ``superseded``, ``withdrawn``; ``released``: who has left the pairing signs no more."""
    member = models.ForeignKey("pairs.PairingMember", models.PROTECT, null=True, related_name="+")
    outside = models.ForeignKey("pairs.OutsideSigner", models.PROTECT, null=True, related_name="+")
    """Who signed without an account: then there is no member."""
    coordinator = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    """Which coordinator signed a sheet as one who coordinates: then there is no member either."""
    side = models.CharField(max_length=60, blank=True)
    """A member's side, or which of the handbook's outside signers it is."""
    shown_name = models.CharField(max_length=250, blank=True)
    typed_name = SealedTextField(default="")
    statement = models.CharField(max_length=500, blank=True)
    method = models.CharField(max_length=60, blank=True)
    """How the signer had signed in (``code``, ``password``), or that they came by a ``link``."""
    zone = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    consent = models.JSONField(default=dict)
    """The mentee's answers, by consent item, as given when signing."""
    content_sha256 = models.CharField(max_length=64)
    previous_sha256 = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64)

    class Meta(TenantModel.Meta):
        ordering = ["position"]
        verbose_name = _("signing event")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "agreement", "position"], name="signing_position_once"),
            models.UniqueConstraint(
                fields=["organisation", "agreement", "member"],
                condition=models.Q(action="signed"),
                name="signed_once_each",
            ),
            models.UniqueConstraint(
                fields=["organisation", "agreement", "outside"],
                condition=models.Q(action="signed"),
                name="signed_once_each_outside",
            ),
            models.CheckConstraint(
                condition=models.Q(agreement__isnull=False) | models.Q(sheet__isnull=False),
                name="signing_of_a_text",
            ),
            models.UniqueConstraint(fields=["organisation", "sheet", "position"], name="sheet_signing_position_once"),
            models.UniqueConstraint(
                fields=["organisation", "sheet", "side"],
                condition=models.Q(action="signed", member__isnull=True, sheet__isnull=False),
                name="sheet_signed_once_each_side",
            ),
            models.UniqueConstraint(
                fields=["organisation", "sheet", "member"],
                condition=models.Q(action="signed", sheet__isnull=False),
                name="sheet_signed_once_each",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.at:%Y-%m-%d}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Written once."""
        if not self._state.adding:
            raise TypeError("A signing event is never changed.")
        if self.agreement_id is not None and self.sheet_id is not None:
            raise TypeError("A signing event is about one text.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Evidence is not deleted."""
        raise TypeError("A signing event is never deleted.")
