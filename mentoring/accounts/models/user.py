"""A person with an account. One person may belong to several organisations."""

import uuid
from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.db.transaction import atomic
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.enums import Tenancy


class UserManager(BaseUserManager):
    """People are found by e-mail address, whatever its case."""

    def get_by_natural_key(self, username: str) -> "User":
        """The person with this address."""
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """A person; without a password they sign in by e-mailed code. Doing so for the first time proves the address."""
        from allauth.account.models import EmailAddress

        user = self.model(email=normal_email(email), **fields)
        user.set_password(password)
        with atomic(using=self._db):
            user.save(using=self._db)
            # With no row of its own allauth would let any further address, proven or not, become the main one.
            EmailAddress.objects.using(self._db).create(user=user, email=user.email, primary=True, verified=False)
        return user

    def create_superuser(self, email: str, password: str, **fields) -> "User":
        """An operator of the installation. Being one opens no organisation."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


def normal_email(email: str) -> str:
    """An address in the one form we keep: trimmed, lower case. (RFC 5321 lets the local part differ by case; nobody does.)"""
    return email.strip().lower()


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Names are kept as people write them, in any script."""

    tenancy = Tenancy.PERSON

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), max_length=254)
    given_name = models.CharField(_("given name"), max_length=120, blank=True)
    family_name = models.CharField(_("family name"), max_length=120, blank=True)
    zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    language = models.CharField(_("language"), max_length=10, default="en-gb")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)
    muted = models.JSONField(default=list, blank=True)
    """Groups of notices this person does not want by mail (``mentoring/notices/kinds.py``)."""

    sign_in_epoch = models.PositiveIntegerField(default=0, editable=False)
    """Counted up to end every sign-in: a session made under an earlier number is refused."""

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("person")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The whole name, or the part of the address before the @ when none is known yet."""
        return " ".join(part for part in (self.given_name, self.family_name) if part) or self.email.split("@")[0]

    @property
    def short_name(self) -> str:
        """What to call them."""
        return self.given_name or self.name

    def get_session_auth_hash(self) -> str:
        """What a session must carry to go on: it changes with the password and when all sign-ins are ended."""
        return self._sign_in_mark(None)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same under former secret keys, so that changing the key signs nobody out."""
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._sign_in_mark(secret)

    def _sign_in_mark(self, secret: str | None) -> str:
        value = f"{self.sign_in_epoch}:{self.password}"
        return salted_hmac("mentoring.accounts.sign_in", value, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        """Django's name for ``name``."""
        return self.name

    def get_short_name(self) -> str:
        """Django's name for ``short_name``."""
        return self.short_name
