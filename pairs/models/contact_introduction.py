"""A mentee is introduced to somebody whom the mentor knows; and the links that lead somebody outside to the question."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.fields import SealedTextField
from mentoring.tenancy.models import TenantModel
from pairs.enums import ContactState
from programmes.models import OutsideLink


class ContactIntroduction(TenantModel):
    """Whom a mentor would introduce a mentee to, and how it stands (``phase1.must.54``).

    The mentee is asked first, then the contact. Who of them said no, or whether the mentor took it back, is kept nowhere.
    """

    pairing = models.ForeignKey("pairs.Pairing", models.CASCADE, related_name="introductions")
    mentor = models.ForeignKey("pairs.PairingMember", models.PROTECT, related_name="+")
    mentee = models.ForeignKey("pairs.PairingMember", models.PROTECT, related_name="+")
    contact = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    """The contact's account, where they belong to the organisation; somebody outside has none."""
    name = SealedTextField()
    email = SealedTextField()
    """Empty once it did not go ahead."""
    why = SealedTextField()
    """The mentor's words to both."""
    state = models.CharField(max_length=10, choices=ContactState, default=ContactState.MENTEE)
    asked_at = models.DateTimeField(null=True)
    """When the contact was asked; before that they know nothing of it."""
    answer_by = models.DateTimeField()
    """Until when whoever is asked now may answer."""

    class Meta(TenantModel.Meta):
        ordering = ["-created_at", "id"]
        verbose_name = _("introduction to somebody else")
        indexes = [models.Index(fields=["organisation", "state", "answer_by"], name="introduction_due")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def waits(self) -> bool:
        """Whether an answer is still waited for."""
        return self.state in {ContactState.MENTEE, ContactState.CONTACT}


class ContactLink(OutsideLink):
    """A link that asks one contact from outside whether they want to be introduced."""

    introduction = models.ForeignKey("pairs.ContactIntroduction", models.CASCADE, related_name="links")

    class Meta(OutsideLink.Meta):
        verbose_name = _("link to an introduction")
        constraints = [models.UniqueConstraint(fields=["organisation", "token_hash"], name="contact_token_once")]

    def __str__(self) -> str:
        return str(self.introduction_id)
