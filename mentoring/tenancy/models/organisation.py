"""An organisation: the tenant."""

import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from mentoring import clock
from mentoring.tenancy import keys
from mentoring.tenancy.enums import Tenancy
from mentoring.words.terms import Words, bare_language, own_words

slug_validator = RegexValidator(
    r"^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$",
    _("Use small letters, digits and hyphens, beginning and ending with a letter or digit."),
)


class Organisation(models.Model):
    """An organisation that runs mentoring programmes in this installation."""

    tenancy = Tenancy.GLOBAL

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.CharField(_("address"), max_length=50, unique=True, validators=[slug_validator])
    name = models.CharField(_("name"), max_length=200)
    zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    language = models.CharField(_("language"), max_length=10, default="en-gb")
    accent = models.CharField(_("accent colour"), max_length=7, default="#0b5c66")
    words = models.JSONField(_("own words"), default=dict, blank=True)
    """By language (``en``) and term: what this organisation says for it (``mentoring.words.terms``)."""
    is_active = models.BooleanField(default=True)
    sealed_data_key = models.BinaryField(editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("organisation")

    def __str__(self) -> str:
        return self.name

    def words_in(self, language: str | None) -> Words:
        """Its own words in a language such as ``en-gb``; none where it says what the application says."""
        return self._own_words.get(bare_language(language), ())

    @cached_property
    def _own_words(self) -> dict[str, Words]:
        return {language: own_words(kept) for language, kept in self.words.items()}

    def data_key(self) -> bytes:
        """The key of this organisation's texts (32 bytes)."""
        return keys.unwrap(bytes(self.sealed_data_key), self.pk)


class OrganisationInvitation(models.Model):
    """The operator's leave to create one organisation, where creation is not open. Only the token's hash is kept."""

    tenancy = Tenancy.GLOBAL

    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("invitation to create an organisation")

    def __str__(self) -> str:
        return self.email or str(self.pk)
